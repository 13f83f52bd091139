// Exponentials and logarithms for losses of float logits, in doubles: a result is rounded
// to float once, and no step before it shows.

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

/// log₂e, the rounder, and the coefficients of 2ᶠ from the eighth down.
static const double LEVEL(exponential_numbers)[11] = {
    0x1.71547652b82fep0,   ROUNDER,
    0x1.61c510b251e63p-20, 0x1.00d86c38dc26ap-16, 0x1.430aa88ffb1d0p-13, 0x1.5d874cd691f4fp-10,
    0x1.3b2ab5ed3e76fp-7,  0x1.c6b08dcf0c7ebp-5,  0x1.ebfbdff8ee3d5p-3,  0x1.62e42fef89aabp-1,
    1.0};

/// The same for finer powers, from the eleventh coefficient down; with what log₂e has beyond a
/// double.
static const double LEVEL(fine_numbers)[14] = {
    0x1.71547652b82fep0,   ROUNDER,               0x1.777d0ffda0d24p-56, 0x1.e5e9f548e5725p-28,
    0x1.b6571de2f2351p-24, 0x1.62bfe46117445p-20, 0x1.ffcb76789860fp-17, 0x1.4309130378460p-13,
    0x1.5d87fe908f88ap-10, 0x1.3b2ab6fba385fp-7,  0x1.c6b08d7044119p-5,  0x1.ebfbdff82c590p-3,
    0x1.62e42fefa39f7p-1,  1.0};

/// So many vectors of powers are worked on in step.
#define POWER_GROUP 3

/// With n the integer next to z·log₂e and f the rest, leaves n in the low bits of `rounded`.
INLINE void split_exponents(const f64 *z, f64 *rounded, f64 *f, int count, const double *k) {
  UNROLLED for (int i = 0; i < count; i++) rounded[i] = FMA(z[i], ALL64(k[0]), ALL64(k[1]));
  in_step(rounded, count);
  UNROLLED for (int i = 0; i < count; i++) f[i] = FMA(z[i], ALL64(k[0]), k[1] - rounded[i]);
  in_step(f, count);
}

/// Makes 2ⁿ·2ᶠ, the latter by so many coefficients.
INLINE void raise_parts(f64 *z, const f64 *rounded, const f64 *f, int count,
                        const double *coefficients, int terms) {
  f64 p[POWER_GROUP];
  UNROLLED for (int i = 0; i < count; i++) {
    p[i] = FMA(ALL64(coefficients[0]), f[i], ALL64(coefficients[1]));
  }
  in_step(p, count);
  UNROLLED for (int term = 2; term < terms; term++) {
    UNROLLED for (int i = 0; i < count; i++) p[i] = FMA(p[i], f[i], ALL64(coefficients[term]));
    in_step(p, count);
  }
  UNROLLED for (int i = 0; i < count; i++) {
    z[i] = FLOATS64(BITS64(p[i]) + (BITS64(rounded[i]) << 52));
  }
}

/// Makes eᶻ of up to a group of vectors z with −690 < z < 690; 1 of 0, NaN of NaN. The
/// relative error is below 2⁻⁴⁰.
INLINE void exponentials(f64 *z, int count) {
  const double *k = at_hand(LEVEL(exponential_numbers));
  f64 rounded[POWER_GROUP], f[POWER_GROUP];
  split_exponents(z, rounded, f, count, k);
  raise_parts(z, rounded, f, count, k + 2, 9);
}

/// The same of one vector.
INLINE f64 exponential(f64 z) {
  exponentials(&z, 1);
  return z;
}

/// The same with a relative error below 2⁻⁵⁰, by more terms.
INLINE void fine_exponentials(f64 *z, int count) {
  const double *k = at_hand(LEVEL(fine_numbers));
  f64 rounded[POWER_GROUP], f[POWER_GROUP];
  split_exponents(z, rounded, f, count, k);
  UNROLLED for (int i = 0; i < count; i++) f[i] = FMA(z[i], ALL64(k[2]), f[i]);
  in_step(f, count);
  raise_parts(z, rounded, f, count, k + 3, 11);
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
