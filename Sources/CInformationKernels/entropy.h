// Σ x·log x of masses.

// ln 2/2 in two parts: the first has 41 bits, so that its product with an exponent is exact.
#define HALF_LN2_HIGH 0x1.62e42fefa3000p-2
#define HALF_LN2_LOW 0x1.3de6af278ece6p-43

// The bits of √½, from which on a significand counts as below 1.
#define ROOT_HALF 0x3fe6a09e667f3bcdLL

/// 1/5 + z/7 + z²/9 + … of z ≤ 0.0295: atanh s = s + s·z/3 + s·z²·(this), z = s².
INLINE f64 atanh_tail(f64 z) {
  f64 w = z * z;
  f64 a = FMA(z, (f64)(1.0 / 7), (f64)(1.0 / 5));
  f64 b = FMA(z, (f64)(1.0 / 11), (f64)(1.0 / 9));
  f64 c = FMA(z, (f64)(1.0 / 15), (f64)(1.0 / 13));
  f64 d = FMA(z, (f64)(1.0 / 19), (f64)(1.0 / 17));
  d = FMA(w, (f64)(1.0 / 21), d);
  return FMA(w * w, FMA(w, d, c), FMA(w, b, a));
}

/// Masses x = 2ᵉ·m, m in √½ ..< √2, with s = (m − 1)/(m + 1) and what rounding took off s.
typedef struct {
  f64 x, exponent, s, rest;
} LEVEL(ReducedMasses);

/// Takes masses apart; what is not easy becomes 0.
INLINE LEVEL(ReducedMasses) reduce_masses(f64 x, i64 *hard) {
  i64 easy = is_easy(x);
  if (__builtin_expect(__builtin_reduce_and(easy) == 0, 0)) {
    *hard |= ~easy & (x != 0);
    // Of 0, some finite number comes out below, which the product with x removes.
    x = where(easy, x);
  }
  i64 shifted = BITS64(x) - (ROOT_HALF - (1023LL << 52));
  f64 exponent = FLOATS64((i64)((u64)shifted >> 52) | bits_of(0x1p52)) - (0x1p52 + 1023);
  f64 m = FLOATS64((shifted & ((1LL << 52) - 1)) + ROOT_HALF);
  f64 d = m + 1.0;
  f64 inverse = 1.0 / d;
  f64 s = (m - 1.0) * inverse;
  // Both m + 1 and s have been rounded.
  f64 rest = FMA(-s, m - (d - 1.0), FMA(-s, d, m - 1.0)) * inverse;
  return (LEVEL(ReducedMasses)){x, exponent, s, rest};
}

/// Adds x·log(x)/2 and x.
///
/// log(x)/2 = e·ln2/2 + atanh s. As x < ½, the first part outweighs the second, and
/// nothing cancels; the relative error of a term is below 2⁻⁵⁹.
INLINE void add_entropy_terms(LEVEL(ReducedMasses) mass, Tally *terms, Tally *masses) {
  f64 s = mass.s;
  f64 z = s * s;
  f64 cube = s * z;
  f64 leading = mass.exponent * HALF_LN2_HIGH;
  f64 high = leading + s;
  // What is ready last is added last.
  f64 low = FMA(mass.exponent, (f64)HALF_LN2_LOW, FMA(mass.rest, z, mass.rest)) +
            (s - (high - leading));
  low = FMA(cube * z, atanh_tail(z), FMA(cube, (f64)(1.0 / 3), low));
  f64 product = mass.x * high;
  tally_add(terms, product, FMA(mass.x, low, FMA(mass.x, high, -product)));
  tally_add_exact(masses, mass.x);
}

// A step is so long a chain of operations that the processor cannot look past it; so all
// of a group are taken apart first, and then summed.
enum { LEVEL(entropy_group) = 4 };

#define ENTROPY(NAME, SCALAR, LOAD, LOAD_PART)                                                \
  static void LEVEL(NAME)(const SCALAR *masses, size_t count, double scale,                   \
                          EntropySums *sums) {                                                \
    Tally terms = {0, 0}, total = {0, 0};                                                     \
    i64 hard = 0;                                                                             \
    size_t i = 0, steps = 0;                                                                  \
    for (; i + LEVEL(entropy_group) * LANES64 <= count; steps += LEVEL(entropy_group)) {      \
      LEVEL(ReducedMasses) group[LEVEL(entropy_group)];                                       \
      for (int k = 0; k < LEVEL(entropy_group); k++, i += LANES64) {                          \
        __builtin_prefetch(masses + i + 4096 / sizeof(SCALAR));                               \
        group[k] = reduce_masses(LOAD(masses + i) * scale, &hard);                            \
      }                                                                                       \
      for (int k = 0; k < LEVEL(entropy_group); k++) {                                        \
        add_entropy_terms(group[k], &terms, &total);                                          \
      }                                                                                       \
    }                                                                                         \
    for (; i < count; i += LANES64, steps++) {                                                \
      f64 x = i + LANES64 <= count ? LOAD(masses + i) : LOAD_PART(masses + i, count - i);     \
      add_entropy_terms(reduce_masses(x * scale, &hard), &terms, &total);                     \
    }                                                                                         \
    sums->terms = tally_sum(&terms, steps);                                                   \
    sums->masses = tally_sum(&total, steps);                                                  \
    sums->hard = any_lane(hard);                                                              \
  }

ENTROPY(entropy_f64, double, load64, load64_rest)
ENTROPY(entropy_f32, float, load64_floats, load64_floats_rest)
