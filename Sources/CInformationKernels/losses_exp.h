// Exponentials and logarithms for losses of float logits, in doubles: a result is rounded
// to float once, and no step before it shows.

/// The same number in each lane.
#define ALL64(x) ((f64)(x))

/// The larger of two; the second where either is NaN.
#define LARGER(a, b) ((a) > (b) ? (a) : (b))

INLINE f32_half load32_half(const float *source) {
  f32_half vector;
  memcpy(&vector, source, sizeof vector);
  return vector;
}

INLINE void store32_half(float *target, f32_half vector) {
  memcpy(target, &vector, sizeof vector);
}

/// 1.5·2⁵², which leaves the nearest integer in the low bits of a sum.
#define ROUNDER 0x1.8p52

#define EACH(x) {x, x, x, x, x, x, x, x}

/// log₂e, the rounder, and the coefficients of 2ᶠ from the eighth down to the second.
static const double LEVEL(exponential_table)[9][8] __attribute__((aligned(64))) = {
    EACH(0x1.71547652b82fep0),   EACH(ROUNDER),
    EACH(0x1.61c510b251e63p-20), EACH(0x1.00d86c38dc26ap-16),
    EACH(0x1.430aa88ffb1d0p-13), EACH(0x1.5d874cd691f4fp-10),
    EACH(0x1.3b2ab5ed3e76fp-7),  EACH(0x1.c6b08dcf0c7ebp-5),
    EACH(0x1.ebfbdff8ee3d5p-3)};

/// So many vectors of powers are worked on in step. Each is a long chain of dependent
/// operations, and the processor looks too few ahead to find the next chain by itself.
#define POWER_GROUP 3

#define UNROLLED _Pragma("clang loop unroll(full)")

/// Makes eᶻ of up to a group of vectors z with −690 < z < 690; 1 of 0, NaN of NaN. The
/// relative error is below 2⁻⁴⁰.
INLINE void exponentials(f64 *z, int count) {
  const double(*table)[8] = LEVEL(exponential_table);
  // Where the compiler does not see the numbers it takes them from memory as operands,
  // instead of spreading each over a register first.
  __asm__("" : "+r"(table));
  const f64 *k = (const f64 *)table;
  // With n the integer next to z·log₂e and f the rest, 2ⁿ·2ᶠ.
  f64 rounded[POWER_GROUP], f[POWER_GROUP], p[POWER_GROUP];
  UNROLLED for (int i = 0; i < count; i++) {
    rounded[i] = FMA(z[i], k[0], k[1]);
    f[i] = FMA(z[i], k[0], k[1] - rounded[i]);
    p[i] = FMA(k[2], f[i], k[3]);
  }
  UNROLLED for (int term = 4; term <= 8; term++) {
    UNROLLED for (int i = 0; i < count; i++) p[i] = FMA(p[i], f[i], k[term]);
  }
  UNROLLED for (int i = 0; i < count; i++) {
    p[i] = FMA(p[i], f[i], ALL64(0x1.62e42fef89aabp-1));
    p[i] = FMA(p[i], f[i], ALL64(1.0));
    z[i] = FLOATS64(BITS64(p[i]) + (BITS64(rounded[i]) << 52));
  }
}

/// The same of one vector.
INLINE f64 exponential(f64 z) {
  exponentials(&z, 1);
  return z;
}

/// The same with a relative error below 2⁻⁵⁰, by more terms.
INLINE void fine_exponentials(f64 *z, int count) {
  const f64 scale = ALL64(0x1.71547652b82fep0);
  f64 rounded[POWER_GROUP], f[POWER_GROUP], p[POWER_GROUP];
  UNROLLED for (int i = 0; i < count; i++) {
    rounded[i] = FMA(z[i], scale, ALL64(ROUNDER));
    f[i] = FMA(z[i], scale, ROUNDER - rounded[i]);
    // What log₂e has beyond a double.
    f[i] = FMA(z[i], ALL64(0x1.777d0ffda0d24p-56), f[i]);
    p[i] = ALL64(0x1.e5e9f548e5725p-28);
  }
  static const double terms[] = {
      0x1.b6571de2f2351p-24, 0x1.62bfe46117445p-20, 0x1.ffcb76789860fp-17, 0x1.4309130378460p-13,
      0x1.5d87fe908f88ap-10, 0x1.3b2ab6fba385fp-7,  0x1.c6b08d7044119p-5,  0x1.ebfbdff82c590p-3,
      0x1.62e42fefa39f7p-1,  1.0};
  UNROLLED for (int term = 0; term < 10; term++) {
    UNROLLED for (int i = 0; i < count; i++) p[i] = FMA(p[i], f[i], ALL64(terms[term]));
  }
  UNROLLED for (int i = 0; i < count; i++) {
    z[i] = FLOATS64(BITS64(p[i]) + (BITS64(rounded[i]) << 52));
  }
}

INLINE f64 fine_exponential(f64 z) {
  fine_exponentials(&z, 1);
  return z;
}

/// log(2ⁿ·(1 + f)) of 1 + f in √½ … √2, with the relative accuracy of f for n = 0.
INLINE f64 log_of_parts(i64 n, f64 f) {
  // 2·artanh(f/(2 + f)).
  const f64 s = f / (f + 2.0);
  const f64 t = s * s;
  f64 q = ALL64(0x1.2bea2e48b618ap-3);
  q = FMA(q, t, ALL64(0x1.39f273ecff398p-3));
  q = FMA(q, t, ALL64(0x1.74631171788edp-3));
  q = FMA(q, t, ALL64(0x1.c71c619c2a5b8p-3));
  q = FMA(q, t, ALL64(0x1.2492492ef6310p-2));
  q = FMA(q, t, ALL64(0x1.9999999994995p-2));
  q = FMA(q, t, ALL64(0x1.5555555555558p-1));
  const f64 whole = FLOATS64(n + BITS64(ALL64(ROUNDER))) - ROUNDER;
  return FMA(whole, ALL64(0x1.62e42fefa39efp-1), FMA(s * t, q, 2.0 * s));
}

/// The n for which a positive normal x is 2ⁿ times a number in √½ … √2.
INLINE i64 nearest_power(f64 x) {
  return (BITS64(x) - BITS64(ALL64(0x1.6a09e667f3bcdp-1))) >> 52;
}

/// log(1 + r) for 0 ≤ r < 2¹⁰⁰⁰, with the relative accuracy of r; of NaN, which callers look
/// for first, any number.
INLINE f64 log_one_plus(f64 r) {
  const f64 u = r + 1.0;
  const i64 n = nearest_power(u);
  const f64 m = FLOATS64(BITS64(u) - (n << 52));
  // For n = 0, f is r itself.
  return log_of_parts(n, n == 0 ? r : m - 1.0);
}

/// log x of a positive normal number.
INLINE f64 logarithm(f64 x) {
  const i64 n = nearest_power(x);
  return log_of_parts(n, FLOATS64(BITS64(x) - (n << 52)) - 1.0);
}
