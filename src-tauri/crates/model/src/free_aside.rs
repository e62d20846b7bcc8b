/// Frees a large value, such as the rows of an import, on a thread of its own, so that nobody waits for it.
pub fn free_aside<T: Send + 'static>(value: T) {
    // Without a thread it is freed here.
    drop(std::thread::Builder::new().spawn(move || drop(value)));
}
