//! Memory that the program has let go of, given back to the system.

/// Has all threads share one heap. Else each has its own, and what one lets go of is of no use to the others: a third
/// more memory, measured with 10,000 sessions. To be called before there are threads.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "a call of the C library, which takes no pointer")]
pub fn share_one_heap() {
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
    }
}

/// Other allocators share by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn share_one_heap() {}

/// To be called when a lot was let go of at once, as after the first scan: the allocator keeps it else.
/// Takes a few milliseconds; does nothing where the C library is not GNU's.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "a call of the C library, which takes no pointer and may come from any thread")]
pub fn give_back() {
    unsafe {
        libc::malloc_trim(0);
    }
}

/// Other allocators give back by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn give_back() {}
