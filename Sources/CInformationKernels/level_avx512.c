// The kernels for processors with AVX-512.

#if defined(__x86_64__)

#include "prelude.h"

#define LEVEL(name) name##_avx512
#define VECTOR_BYTES 64
#define REGISTER "v"
#define REGISTER_LANES 8

#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma"))), apply_to = function)
#include "level.h"
#pragma clang attribute pop

#endif
