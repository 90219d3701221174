//! What each process has for itself. The child of a fork has its parent's memory, but neither its threads nor, for talking,
//! its sockets.

use std::convert::Infallible;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many forks lie between the first process and this one.
static FORKS: AtomicU32 = AtomicU32::new(0);

/// Notes that this process is the child of a fork: it starts with connections and a runtime of its own.
///
/// Clients stay valid and open their own connections at their next call. Safe to call at any time, and takes no lock.
pub fn after_fork() {
    FORKS.fetch_add(1, Ordering::Release);
}

/// A number that differs between this process and its parents.
pub(crate) fn generation() -> u32 {
    FORKS.load(Ordering::Acquire)
}

/// A value that each process makes for itself, at its first use.
///
/// A child leaks its parent's on purpose: a lock in it may be held, and a list in it may lead to the stack, of a thread
/// that the child does not have; what is dropped would talk on the parent's sockets.
#[derive(Debug)]
pub struct PerProcess<T: 'static> {
    /// Invariant: a pointer stored here came from `Box::into_raw` and is never freed, so it may be used as `&'static`.
    current: AtomicPtr<Made<T>>,
}

#[derive(Debug)]
struct Made<T> {
    generation: u32,
    value: T,
}

impl<T: Send + Sync + 'static> PerProcess<T> {
    /// No value yet.
    pub const fn new() -> Self {
        Self { current: AtomicPtr::new(std::ptr::null_mut()) }
    }

    /// The value of this process, made if it has none.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn get_or_try_make<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<&'static T, E> {
        let generation = generation();
        let stored = self.current.load(Ordering::Acquire);
        #[expect(unsafe_code, reason = "see the invariant of current")]
        let made = unsafe { stored.as_ref() };
        if let Some(made) = made.filter(|made| made.generation == generation) {
            return Ok(&made.value);
        }
        let fresh = Box::into_raw(Box::new(Made { generation, value: make()? }));
        let present = match self.current.compare_exchange(stored, fresh, Ordering::AcqRel, Ordering::Acquire)
        {
            Ok(_) => fresh,
            Err(other) => {
                // Another thread was first, and no thread has seen ours.
                #[expect(unsafe_code, reason = "it came from Box::into_raw just now")]
                unsafe {
                    drop(Box::from_raw(fresh));
                }
                other
            }
        };
        #[expect(unsafe_code, reason = "see the invariant of current")]
        Ok(unsafe { &(*present).value })
    }
}

impl<T: Default + Send + 'static> PerProcess<Mutex<T>> {
    /// Locks the value of this process, the default one at first. A panic elsewhere does not matter: no code leaves such
    /// a value half changed.
    pub fn lock(&self) -> MutexGuard<'static, T> {
        let value = match self.get_or_try_make(|| Ok::<_, Infallible>(Mutex::default())) {
            Ok(value) => value,
            Err(never) => match never {},
        };
        value.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Send + Sync + 'static> Default for PerProcess<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::PerProcess;

    #[test]
    fn a_value_is_made_once_and_not_by_a_call_that_fails() {
        let value = PerProcess::<u32>::new();
        assert_eq!(value.get_or_try_make(|| Err("not now")), Err("not now"));
        assert_eq!(value.get_or_try_make(|| Ok::<_, ()>(7)), Ok(&7));
        assert_eq!(value.get_or_try_make(|| Err("never asked")), Ok(&7));
    }

    #[test]
    fn threads_that_come_together_share_one_value() {
        let value = PerProcess::<Mutex<Vec<u32>>>::new();
        std::thread::scope(|scope| {
            for number in 0..8 {
                let value = &value;
                scope.spawn(move || value.lock().push(number));
            }
        });
        assert_eq!(value.lock().len(), 8);
    }
}
