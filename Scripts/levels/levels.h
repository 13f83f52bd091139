// What the programs of the kernels' levels share: seeded inputs, and a digest of results.

#ifndef LEVELS_H
#define LEVELS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CInformationKernels.h"

// Inputs are computed, and must be the same numbers on every processor.
#pragma STDC FP_CONTRACT OFF

/// SplitMix64.
typedef struct {
  uint64_t state;
} Random;

static inline uint64_t next_bits(Random *random) {
  uint64_t z = random->state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static inline uint64_t next_below(Random *random, uint64_t bound) {
  return next_bits(random) % bound;
}

/// A multiple of 2⁻⁵³ in 0 ..< 1.
static inline double next_unit(Random *random) {
  return (double)(next_bits(random) >> 11) * 0x1p-53;
}

/// The results of one kernel so far, FNV-1a over their bits.
typedef struct {
  uint64_t hash;
  uint64_t count;
} Digest;

static inline void digest_word(Digest *digest, uint64_t word) {
  for (int byte = 0; byte < 8; byte++) {
    digest->hash = (digest->hash ^ (word >> (8 * byte) & 255)) * 0x100000001b3u;
  }
  digest->count += 1;
}

// Which NaN comes out is the processor's choice, and no result of the library.

static inline void digest_f64(Digest *digest, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  digest_word(digest, value == value ? bits : 0x7ff8000000000000u);
}

static inline void digest_f32(Digest *digest, float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  digest_word(digest, value == value ? bits : 0x7fc00000u);
}

static inline void digest_sum(Digest *digest, FixedPointSum sum) {
  digest_word(digest, sum.low);
  digest_word(digest, (uint64_t)sum.high);
}

static inline Digest new_digest(void) { return (Digest){0xcbf29ce484222325u, 0}; }

static inline void print_digest(const char *kernel, Digest digest) {
  printf("kernel %-24s %9llu words  %016llx\n", kernel, (unsigned long long)digest.count,
         (unsigned long long)digest.hash);
}

/// Memory on a line of the cache, as vectors stored past the caches need it.
static inline void *room(size_t bytes) {
  void *memory = NULL;
  if (posix_memalign(&memory, 64, bytes + 64) != 0) abort();
  memset(memory, 0, bytes + 64);
  return memory;
}

/// The pairs 2^(j/64), right to a double each, which is all that is needed here.
static inline void fill_table(double *table) {
  double root = 0x1.02c9a3e778061p+0, power = 1;
  for (int j = 0; j < 64; j++, power *= root) {
    table[2 * j] = power;
    table[2 * j + 1] = power * 0x1.9083535bp-56;
  }
}

/// Each prints a line for each of its kernels.
void run_measures(int level);
void run_losses(int level);
void run_doubles(int level);
void run_rows(int level);
void run_linear(int level);

#endif
