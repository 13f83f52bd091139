// Exact sums of doubles up to 1 in magnitude, in integer lanes.
//
// A sum with a constant rounds a term to a multiple of 2⁻⁵¹ and leaves the multiple in
// the last bits, which are added as integers; what the rounding left goes the same way
// to multiples of 2⁻¹⁰². So each term adds a fixed number that depends on nothing
// else, and neither order nor the number of lanes can matter.

typedef struct {
  i64 high, low;
} Tally;

#define TALLY_HIGH 0x1.8p1
#define TALLY_LOW 0x1.8p-50

INLINE int64_t bits_of(double value) {
  int64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

/// Adds high + low, where |low| is at most a quarter of |high|, and both below 1.
INLINE void tally_add(Tally *tally, f64 high, f64 low) {
  f64 rounded = (high + low) + TALLY_HIGH;
  tally->high += BITS64(rounded);
  f64 rest = (high - (rounded - TALLY_HIGH)) + low;
  tally->low += BITS64(rest + TALLY_LOW);
}

/// Adds x·(high + low), where all products are below 1.
INLINE void tally_add_product(Tally *tally, f64 x, f64 high, f64 low) {
  f64 rounded = FMA(x, low, FMA(x, high, (f64)TALLY_HIGH));
  tally->high += BITS64(rounded);
  // The first difference is as large as the second product, and no rounding of it counts.
  f64 rest = FMA(x, low, FMA(x, high, TALLY_HIGH - rounded));
  tally->low += BITS64(rest + TALLY_LOW);
}

/// Adds a double up to 1, to a multiple of 2⁻¹⁰²; if it is one, exactly.
INLINE void tally_add_exact(Tally *tally, f64 value) {
  f64 rounded = value + TALLY_HIGH;
  tally->high += BITS64(rounded);
  tally->low += BITS64((value - (rounded - TALLY_HIGH)) + TALLY_LOW);
}

/// Adds a double up to 1, rounded to a multiple of 2⁻⁵¹, to a tally of such.
INLINE void tally_add_rounded(Tally *tally, f64 value) {
  tally->high += BITS64(value + TALLY_HIGH);
}

/// The sum of all lanes after so many additions, in units of 2⁻¹⁰².
INLINE FixedPointSum tally_sum(const Tally *tally, size_t additions) {
  // Both constants were added each time; integers wrap, so taking them away is exact.
  const uint64_t high = (uint64_t)bits_of(TALLY_HIGH) * additions;
  const uint64_t low = (uint64_t)bits_of(TALLY_LOW) * additions;
  __int128 sum = 0;
  if (additions * LANES64 <= 2048) {
    // A lane is below 2⁵¹ for each addition, so that all together still fit.
    const uint64_t highs = (uint64_t)__builtin_reduce_add(tally->high) - high * LANES64;
    const uint64_t lows = (uint64_t)__builtin_reduce_add(tally->low) - low * LANES64;
    sum = (__int128)(int64_t)highs * ((int64_t)1 << 51) + (int64_t)lows;
  } else {
    for (int lane = 0; lane < LANES64; lane++) {
      const int64_t rest = (int64_t)((uint64_t)tally->low[lane] - low);
      sum += (__int128)(int64_t)((uint64_t)tally->high[lane] - high) * ((int64_t)1 << 51) + rest;
    }
  }
  return (FixedPointSum){.low = (uint64_t)sum, .high = (int64_t)(sum >> 64)};
}

/// The same of a tally of what was rounded, which has no low parts.
INLINE FixedPointSum rounded_tally_sum(const Tally *tally, size_t additions) {
  const Tally whole = {tally->high, (i64)((uint64_t)bits_of(TALLY_LOW) * additions)};
  return tally_sum(&whole, additions);
}

/// The sum of each lane by itself after so many additions, at most 2¹⁰, exactly.
INLINE Pair tally_pairs(const Tally *tally, size_t additions) {
  const u64 lows = (u64)tally->low - (uint64_t)bits_of(TALLY_LOW) * additions;
  // What the low parts have of the high one's unit, rounded.
  const u64 carries = ((lows + ((1ULL << 62) + (1ULL << 50))) >> 51) - (1ULL << 11);
  const u64 highs = (u64)tally->high - (uint64_t)bits_of(TALLY_HIGH) * additions + carries;
  const f64 high = __builtin_convertvector((i64)highs, f64);
  const f64 low = __builtin_convertvector((i64)(lows - (carries << 51)), f64);
  return ordered_sum(high * 0x1p-51, low * 0x1p-102);
}

/// A multiple of 2⁻⁹¹ below 2¹¹, in units of that.
INLINE FixedPointSum fixed_point(double value) {
  const int64_t high = (int64_t)(value * 0x1p40);
  const int64_t low = (int64_t)((value - (double)high * 0x1p-40) * 0x1p91);
  const __int128 sum = (__int128)high * ((int64_t)1 << 51) + low;
  return (FixedPointSum){.low = (uint64_t)sum, .high = (int64_t)(sum >> 64)};
}

/// Whether any lane is not 0.
INLINE int64_t any_lane(i64 lanes) { return __builtin_reduce_or(lanes); }

/// The lanes with masses that the kernels of two lists take.
INLINE i64 is_easy(f64 x) { return (x >= 0x1p-50) & (x <= 1); }

INLINE f64 where(i64 mask, f64 x) { return FLOATS64(BITS64(x) & mask); }

/// The last so many lanes, and 0 before them.
INLINE f64 last_lanes(f64 x, size_t count) {
  const i64 lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  return where(lanes >= (int64_t)(LANES64 - count), x);
}

/// The elements of a list from i on, fewer than there are lanes, and 0 in the other lanes:
/// of a list that is long enough, from a load that ends where it ends.
#define LOAD_REST(LOAD, LOAD_PART, list, i, count)                                            \
  ((count) >= LANES64 ? last_lanes(LOAD((list) + (count)-LANES64), (count) - (i))             \
                      : LOAD_PART((list) + (i), (count) - (i)))
