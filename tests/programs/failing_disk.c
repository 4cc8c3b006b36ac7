/* Reads of files below $FAILING_ROOT fail with EIO while $FAILING_NOW exists, as those of a disk that is broken do. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fails(int fd) {
    const char *root = getenv("FAILING_ROOT"), *now = getenv("FAILING_NOW");
    char link[64], path[4096];
    if (!root || !now || access(now, F_OK) != 0)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    return length > 0 && strncmp(path, root, strlen(root)) == 0;
}

ssize_t read(int fd, void *buffer, size_t count) {
    static ssize_t (*next)(int, void *, size_t);
    if (!next)
        next = (ssize_t (*)(int, void *, size_t))dlsym(RTLD_NEXT, "read");
    if (fails(fd)) {
        errno = EIO;
        return -1;
    }
    return next(fd, buffer, count);
}
