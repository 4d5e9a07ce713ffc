// Invariants of our own code. Never reachable from input: input errors are Results.
#pragma once

#include <fmt/core.h>

#include <cstdio>
#include <cstdlib>

// Always on: prints the broken invariant with its message and ends the program.
#define RIPEN_CHECK(condition, ...)                                                          \
  do {                                                                                       \
    if (!(condition)) {                                                                      \
      fmt::print(stderr, "{}:{}: broken invariant {}: {}\n", __FILE__, __LINE__, #condition, \
                 fmt::format(__VA_ARGS__));                                                  \
      std::abort();                                                                          \
    }                                                                                        \
  } while (false)

// For hot loops: checked in Debug builds only.
#ifdef NDEBUG
#define RIPEN_DCHECK(condition, ...) \
  do {                               \
  } while (false)
#else
#define RIPEN_DCHECK(condition, ...) RIPEN_CHECK(condition, __VA_ARGS__)
#endif
