//! The allocator. The C library's gives back late what threads let go of, and looks for free pieces longer the more
//! sessions there are: a page of a list took twice as long at 100,000 sessions as with this one, at the same size.

#[cfg(target_os = "linux")]
use std::ptr;

/// The allocator of the program, of its tests and of its benchmarks.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// One heap for all threads, else what one lets go of is of no use to the others. What is free for half a second goes
/// back to the system, by a thread of the allocator's own where it is much. Threads keep little for themselves: with
/// 10,000 sessions, what they kept was a quarter of all.
#[cfg(target_os = "linux")]
#[allow(unsafe_code, reason = "the name by which jemalloc finds its options, which nothing else has")]
#[unsafe(export_name = "_rjem_malloc_conf")]
static OPTIONS: &[u8; 113] =
    b"narenas:1,background_thread:true,dirty_decay_ms:500,muzzy_decay_ms:0,tcache_nslots_small_max:20,lg_tcache_max:12\0";

/// To be called when a lot was let go of at once, as after the first scan: some megabytes would stay with the allocator,
/// for which it wakes no thread. Takes a few milliseconds.
#[cfg(target_os = "linux")]
#[allow(unsafe_code, reason = "a call that reads a name of its own and is given nothing else")]
pub fn give_back() {
    let all = c"arena.0.purge";
    unsafe {
        tikv_jemalloc_sys::mallctl(all.as_ptr(), ptr::null_mut(), ptr::null_mut(), ptr::null_mut(), 0);
    }
}

/// Other allocators give back by themselves.
#[cfg(not(target_os = "linux"))]
pub fn give_back() {}
