// The kernels for processors with AVX2 and FMA.

#if defined(__x86_64__)

#include "prelude.h"

#define LEVEL(name) name##_avx2
#define VECTOR_BYTES 64
#define REGISTER "x"
#define REGISTER_LANES 4

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "level.h"
#pragma clang attribute pop

#endif
