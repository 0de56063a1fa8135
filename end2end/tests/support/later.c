// Lets the program live some days later, for what only another day brings: loaded before the C library, it moves the
// clock of the calendar by LATER_SECONDS and leaves the clock that measures alone.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
    int (*ask)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = ask(clock, now);
    const char *seconds = getenv("LATER_SECONDS");
    if (!failed && clock == CLOCK_REALTIME && seconds) now->tv_sec += atol(seconds);
    return failed;
}
