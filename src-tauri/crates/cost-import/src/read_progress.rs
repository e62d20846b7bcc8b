//! How far reading has come, for those who wait, and whether they still do.

use std::{
    io::{self, Read},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// Bytes that have been read. Clones are about the same reading.
#[derive(Debug, Clone, Default)]
pub struct ReadProgress(Arc<State>);

#[derive(Debug, Default)]
struct State {
    read: AtomicU64,
    is_cancelled: AtomicBool,
}

impl ReadProgress {
    pub fn bytes(&self) -> u64 {
        self.0.read.load(Ordering::Relaxed)
    }

    /// Reading ends at the next look.
    pub fn cancel(&self) {
        self.0.is_cancelled.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled.load(Ordering::Relaxed)
    }

    fn add(&self, bytes: usize) {
        self.0.read.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// Counts what is read.
pub struct CountedRead<R> {
    pub inner: R,
    pub progress: ReadProgress,
}

impl<R: Read> Read for CountedRead<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.progress.add(count);
        Ok(count)
    }
}
