// Σ x·log x of masses.

// ln 2/2 in two parts: the first has 41 bits, so that its product with an exponent is exact.
#define HALF_LN2_HIGH 0x1.62e42fefa3000p-2
#define HALF_LN2_LOW 0x1.3de6af278ece6p-43
#define LN2_HIGH (2 * HALF_LN2_HIGH)
#define LN2_LOW (2 * HALF_LN2_LOW)

// The bits of √½, from which on a significand counts as below 1.
#define ROOT_HALF 0x3fe6a09e667f3bcdLL

// What a step multiplies with, where instructions can read it: as constants they would be
// copied to registers one by one, as often as they are used.
static const f64 LEVEL(entropy_constants)[] = {
    (f64)HALF_LN2_HIGH,        (f64)HALF_LN2_LOW,
    (f64)0x1.0c039c49989c6p-4, (f64)0x1.0fbe95d716020p-4,
    (f64)0x1.3b1c355a8f7a2p-4, (f64)0x1.745cf9048dd95p-4,
    (f64)0x1.c71c720159177p-4, (f64)0x1.2492492476cccp-3,
    (f64)0x1.9999999999a38p-3, (f64)0x1.5555555555555p-2,
};

/// 1/3 + z/5 + z²/7 + … of z ≤ 0.0295, where atanh s = s + s·z·(this), z = s²: the
/// polynomial through eight values of the series, right to 2⁻⁵³.
INLINE f64 atanh_tail(f64 z, const f64 *constants) {
  f64 tail = FMA(z, constants[2], constants[3]);
  for (int k = 4; k < 10; k++) tail = FMA(z, tail, constants[k]);
  return tail;
}

/// Masses x = 2ᵉ·m, m in √½ ..< √2, with s = (m − 1)/(m + 1) and what rounding took off s.
typedef struct {
  f64 exponent, s, rest;
} LEVEL(ReducedMasses);

/// Takes apart masses in 2⁻¹⁰⁰⁰ ... 1; of 0, some finite number comes out below, which the
/// product with x removes.
INLINE LEVEL(ReducedMasses) reduce_masses(f64 x) {
  i64 shifted = BITS64(x) - (ROOT_HALF - (1023LL << 52));
  f64 exponent = FLOATS64((i64)((u64)shifted >> 52) | bits_of(0x1p52)) - (0x1p52 + 1023);
  f64 m = FLOATS64((shifted & ((1LL << 52) - 1)) + ROOT_HALF);
  f64 d = m + 1.0;
  f64 inverse = 1.0 / d;
  f64 s = (m - 1.0) * inverse;
  // Both m + 1 and s have been rounded.
  f64 rest = FMA(-s, m - (d - 1.0), FMA(-s, d, m - 1.0)) * inverse;
  return (LEVEL(ReducedMasses)){exponent, s, rest};
}

/// Adds x·log(x)/2.
///
/// log(x)/2 = e·ln2/2 + atanh s. Of x ≤ ½ the first part is at least twice the second; of x
/// above, there is no first part, or at most half of it cancels. The relative error of a term is
/// below 2⁻⁵⁹, or 2⁻⁵⁸ above ½.
INLINE void LEVEL(add_entropy)(f64 x, const MassScale *scale, Tally *terms) {
  (void)scale;
  const f64 *constants = (const f64 *)at_hand((const double *)LEVEL(entropy_constants));
  LEVEL(ReducedMasses) mass = reduce_masses(x);
  f64 s = mass.s;
  f64 z = s * s;
  f64 leading = mass.exponent * constants[0];
  f64 high = leading + s;
  f64 low = FMA(mass.exponent, constants[1], FMA(mass.rest, z, mass.rest)) +
            (s - (high - leading));
  low = FMA(s * z, atanh_tail(z, constants), low);
  tally_add_product(terms, x, high, low);
}

MASS_KERNELS(entropy, LEVEL(add_entropy))
