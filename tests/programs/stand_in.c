/* Writes files as 4D may, on Windows. Each line on standard input is an order, and is answered by a line:
 *
 *   replace LENGTH CUT PAUSE PATH|BESIDE   a new file, BESIDE, moved over PATH
 *   rewrite LENGTH CUT PAUSE PATH          opened and emptied, CUT bytes written, PAUSE microseconds later the rest
 *   open    LENGTH CUT PAUSE PATH          opened, and PAUSE microseconds later emptied and written
 *   hold    0 0 0 PATH                     opened so that nobody else can, and kept until the next order
 *
 * LENGTH bytes follow the line. The answer is "done", and how often the system had to be asked again: another program
 * had the file for itself. Paths are UTF-8. */
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static int refusals;

static int is_kept(void) {
    DWORD error = GetLastError();
    return error == ERROR_SHARING_VIOLATION || error == ERROR_ACCESS_DENIED || error == ERROR_LOCK_VIOLATION;
}

static void fail(const char *what) {
    printf("failed: %s, error %lu\n", what, GetLastError());
    fflush(stdout);
    exit(1);
}

/* 4D tries again too; a real one would tell its user after a while. */
static int again(DWORD begun) {
    if (!is_kept() || GetTickCount() - begun > 5000) return 0;
    refusals++;
    Sleep(1);
    return 1;
}

static HANDLE open_file(const WCHAR *path, DWORD share, DWORD how) {
    DWORD begun = GetTickCount();
    for (;;) {
        HANDLE file = CreateFileW(path, GENERIC_WRITE, share, NULL, how, FILE_ATTRIBUTE_NORMAL, NULL);
        if (file != INVALID_HANDLE_VALUE) return file;
        /* The name is nobody's for a moment while another program exchanges it. */
        if (GetLastError() == ERROR_FILE_NOT_FOUND && how != CREATE_NEW) SetLastError(ERROR_SHARING_VIOLATION);
        if (!again(begun)) fail("open");
    }
}

static void write_all(HANDLE file, const char *bytes, DWORD length) {
    DWORD written = 0;
    if (length && (!WriteFile(file, bytes, length, &written, NULL) || written != length)) fail("write");
}

static void pause_us(unsigned microseconds) {
    LARGE_INTEGER frequency, begun, now;
    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&begun);
    if (microseconds >= 2000) Sleep(microseconds / 1000);
    do QueryPerformanceCounter(&now);
    while ((now.QuadPart - begun.QuadPart) * 1000000 / frequency.QuadPart < (LONGLONG)microseconds);
}

static void replace(const WCHAR *path, const WCHAR *beside, const char *bytes, DWORD length) {
    HANDLE file = open_file(beside, 0, CREATE_ALWAYS);
    DWORD begun = GetTickCount();
    write_all(file, bytes, length);
    CloseHandle(file);
    while (!MoveFileExW(beside, path, MOVEFILE_REPLACE_EXISTING))
        if (!again(begun)) fail("move");
}

int wmain(void) {
    static char line[8192], order[16];
    static WCHAR paths[8192];
    HANDLE held = INVALID_HANDLE_VALUE;
    const DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE;
    _setmode(_fileno(stdin), _O_BINARY);
    while (fgets(line, sizeof line, stdin)) {
        unsigned length, cut, wait;
        int at = 0;
        line[strcspn(line, "\r\n")] = 0;
        if (sscanf(line, "%15s %u %u %u %n", order, &length, &cut, &wait, &at) < 4) fail("order");
        char *bytes = malloc(length + 1);
        if (!bytes || fread(bytes, 1, length, stdin) != length) fail("bytes");
        MultiByteToWideChar(CP_UTF8, 0, line + at, -1, paths, 8192);
        WCHAR *beside = wcschr(paths, L'|');
        if (beside) *beside++ = 0;
        if (held != INVALID_HANDLE_VALUE) CloseHandle(held), held = INVALID_HANDLE_VALUE;
        refusals = 0;
        if (!strcmp(order, "replace") && beside) replace(paths, beside, bytes, length);
        else if (!strcmp(order, "hold")) held = open_file(paths, 0, OPEN_EXISTING);
        else {
            int is_open_first = !strcmp(order, "open");
            HANDLE file = open_file(paths, share, is_open_first ? OPEN_EXISTING : TRUNCATE_EXISTING);
            if (is_open_first) {
                pause_us(wait);
                if (!SetEndOfFile(file)) fail("empty");
                write_all(file, bytes, length);
            } else {
                write_all(file, bytes, cut);
                if (cut) pause_us(wait);
                write_all(file, bytes + cut, length - cut);
            }
            CloseHandle(file);
        }
        free(bytes);
        printf("done %d\n", refusals);
        fflush(stdout);
    }
    return 0;
}
