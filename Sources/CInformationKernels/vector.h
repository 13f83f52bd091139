// Vectors of the width that a level asks for, by the compiler's own vector types:
// one source, and the compiler picks the instructions of the level. A vector wider
// than the registers is several of them, which hides latencies.
//
// Included once a level, after the level has set VECTOR_BYTES and its target; and, for a
// processor with few registers or long chains of operations, REGISTER, the letter of its vector
// registers in assembler statements, and REGISTER_LANES, their doubles.

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// A product and a sum are fused where the source says so and nowhere else, or the
// bits would depend on the level.
#pragma STDC FP_CONTRACT OFF

// Vectors pass between functions that are inlined always, so no calling convention is
// at stake.
#pragma clang diagnostic ignored "-Wpsabi"

#define LANES64 (VECTOR_BYTES / 8)
#define LANES32 (VECTOR_BYTES / 4)

typedef double f64 __attribute__((ext_vector_type(LANES64)));
typedef int64_t i64 __attribute__((ext_vector_type(LANES64)));
typedef uint64_t u64 __attribute__((ext_vector_type(LANES64)));
typedef float f32 __attribute__((ext_vector_type(LANES32)));
typedef int32_t i32 __attribute__((ext_vector_type(LANES32)));

/// The same number in each lane.
#define ALL64(x) ((f64)(x))

#define INLINE static inline __attribute__((always_inline))

/// a·b + c, rounded once.
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)

// A cast between vectors of one size keeps the bits.
#define BITS64(x) ((i64)(x))
#define FLOATS64(x) ((f64)(x))

INLINE f64 load64(const double *source) {
  f64 vector;
  memcpy(&vector, source, sizeof vector);
  return vector;
}

INLINE void store64(double *target, f64 vector) { memcpy(target, &vector, sizeof vector); }

INLINE f32 load32(const float *source) {
  f32 vector;
  memcpy(&vector, source, sizeof vector);
  return vector;
}

INLINE void store32(float *target, f32 vector) { memcpy(target, &vector, sizeof vector); }

typedef float f32_half __attribute__((ext_vector_type(LANES64)));
typedef int32_t i32_half __attribute__((ext_vector_type(LANES64)));

#define UNROLLED _Pragma("clang loop unroll(full)")

/// Has the compiler be done with a step of work on several vectors before it begins the next.
/// It would go through them one by one otherwise: each is a long chain of dependent
/// operations, and a processor looks too few of them ahead to find the next chain by itself.
INLINE void in_step(f64 *vectors, int count) {
#ifdef REGISTER
  typedef double register_lanes __attribute__((ext_vector_type(REGISTER_LANES)));
  UNROLLED for (int i = 0; i < count && count > 1; i++) {
    register_lanes parts[LANES64 / REGISTER_LANES];
    memcpy(parts, vectors + i, sizeof parts);
    UNROLLED for (int part = 0; part < LANES64 / REGISTER_LANES; part++) {
      __asm__ volatile("" : "+" REGISTER(parts[part]));
    }
    memcpy(vectors + i, parts, sizeof parts);
  }
#else
  (void)vectors, (void)count;
#endif
}

/// Numbers that a step multiplies with, where it reads them: the compiler would copy them to
/// registers before the loop, of which there are too few.
INLINE const double *at_hand(const double *numbers) {
  __asm__ volatile("" : "+r"(numbers));
  return numbers;
}

/// As many floats as there are lanes of doubles, widened.
INLINE f64 load64_floats(const float *source) {
  f32_half vector;
  memcpy(&vector, source, sizeof vector);
  return __builtin_convertvector(vector, f64);
}

/// The last elements of a list, and 0 in the lanes beyond them.
INLINE f64 load64_rest(const double *source, size_t count) {
  f64 vector = 0;
  memcpy(&vector, source, count * sizeof(double));
  return vector;
}

INLINE f64 load64_floats_rest(const float *source, size_t count) {
  f32_half vector = 0;
  memcpy(&vector, source, count * sizeof(float));
  return __builtin_convertvector(vector, f64);
}

/// The first elements of a row's end, and a filler in the lanes beyond it.
INLINE f32 load32_part(const float *source, size_t count, float filler) {
  f32 vector = (f32)filler;
  memcpy(&vector, source, count * sizeof(float));
  return vector;
}
