//! Where the cursor goes once a cell is written.

/** `all`: nowhere, and the text goes into every chosen cell. */
export type MoveAfterCommit = 'down' | 'up' | 'right' | 'left' | 'stay' | 'all';
