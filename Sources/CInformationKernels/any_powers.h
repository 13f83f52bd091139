// Σ x^α of masses, for orders α that are no multiples of ½.

/// 2/ln 2 and a third and a fifth of it, in two parts each.
static const double LEVEL(binary_scales)[6] = {
    0x1.71547652b82fep1,   0x1.777d0ffda0d24p-55, 0x1.ec709dc3a03fdp-1,
    0x1.d27f05548af0cp-55, 0x1.2776c50ef9bfep-1,  0x1.e4b29ccc535d4p-55};

/// 2/ln 2 times 1/7 + z/9 + z²/11 + …, from the sixth coefficient down: the polynomial through
/// seven values of the series for z ≤ 0.0295, right to 2⁻⁵⁰.
static const double LEVEL(binary_tail)[7] = {
    0x1.55bdb1b65229cp-3, 0x1.5a566946978c6p-3, 0x1.89fa430841cf7p-3, 0x1.c68f4523dd6d3p-3,
    0x1.0c9a84a4372c2p-2, 0x1.484b13d7bafeap-2, 0x1.a61762a7adee0p-2};

/// 1/6 + u/24 + u²/120 + …, from the fifth coefficient down: the polynomial through six values
/// of the series for |u| ≤ ln 2/32, right to 2⁻⁵².
static const double LEVEL(power_tail)[6] = {
    0x1.a01ad6df0f661p-16, 0x1.a01b0c2edab7cp-13, 0x1.6c16c16bf055cp-10, 0x1.11111110e10a8p-7,
    0x1.5555555555555p-5,  0x1.5555555555556p-3};

/// A polynomial of so many coefficients, of which the first has the highest power.
INLINE f64 polynomial(f64 x, const double *coefficients, int count) {
  const double *k = at_hand(coefficients);
  f64 value = FMA(x, ALL64(k[0]), ALL64(k[1]));
  UNROLLED for (int i = 2; i < count; i++) value = FMA(value, x, ALL64(k[i]));
  return value;
}

/// The product of a pair and a number in two parts.
INLINE Pair scaled_pair(Pair x, const double *number) {
  const f64 high = x.high * number[0];
  const f64 low = FMA(x.high, ALL64(number[0]), -high);
  return (Pair){high, FMA(x.low, ALL64(number[0]), FMA(x.high, ALL64(number[1]), low))};
}

/// The product of two pairs.
INLINE Pair pair_product(Pair x, Pair y) {
  const f64 high = x.high * y.high;
  return (Pair){high, FMA(x.low, y.high, FMA(x.high, y.low, FMA(x.high, y.high, -high)))};
}

/// log₂x of masses in 2⁻⁵⁰ ..< ½, with an error below 2⁻⁶⁷; of 0, some finite number.
///
/// log₂x = e + 2/ln 2·atanh s. As x < ½, e is at least 1 in magnitude, and outweighs the rest.
INLINE Pair binary_logarithm(f64 x) {
  const double *k = at_hand(LEVEL(binary_scales));
  const LEVEL(ReducedMasses) mass = reduce_masses(x);
  const Pair s = {mass.s, mass.rest}, z = pair_product(s, s), cube = pair_product(s, z);
  const Pair fifth = pair_product(cube, z);
  const Pair a = scaled_pair(s, k), b = scaled_pair(cube, k + 2), c = scaled_pair(fifth, k + 4);
  const f64 tail = (fifth.high * z.high) * polynomial(z.high, LEVEL(binary_tail), 7);
  const Pair first = ordered_sum(mass.exponent, a.high);
  const Pair second = ordered_sum(first.high, b.high);
  const Pair third = ordered_sum(second.high, c.high);
  const f64 rests = (first.low + second.low) + (a.low + b.low) + c.low;
  return ordered_sum(third.high, (third.low + rests) + tail);
}

/// eᵘ for |u| ≤ ln 2/2, as (e^(u/16))¹⁶; the relative error is below 2⁻⁶⁶.
INLINE Pair small_power(Pair u) {
  const f64 v = u.high * 0x1p-4, square = v * v;
  const f64 tail = (square * v) * polynomial(v, LEVEL(power_tail), 6);
  const Pair linear = ordered_sum(ALL64(1.0), v);
  const Pair leading = ordered_sum(linear.high, 0.5 * square);
  const f64 squareRest = FMA(v, v, -square);
  const f64 rest = FMA(u.low * 0x1p-4, leading.high, FMA(squareRest, ALL64(0.5), tail));
  Pair power = ordered_sum(leading.high, (linear.low + leading.low) + rest);
  UNROLLED for (int i = 0; i < 4; i++) {
    const f64 high = power.high * power.high;
    const f64 low = FMA(power.high, power.high, -high);
    power = (Pair){high, FMA(power.high + power.high, power.low, low)};
  }
  return power;
}

/// x^α of masses in 2⁻⁵⁰ ..< ½ or 0, 0 < α ≤ 8; the relative error is below 2⁻⁶⁵.
INLINE Pair any_power(f64 x, double order) {
  static const double ln2[2] = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
  const Pair logarithm = binary_logarithm(x);
  const f64 t = logarithm.high * order;
  const f64 tRest = FMA(logarithm.low, ALL64(order), FMA(logarithm.high, ALL64(order), -t));
  // 2ᵗ = 2ⁿ·eᵘ.
  const f64 rounded = t + 0x1.8p52;
  const Pair f = two_sum(t - (rounded - 0x1.8p52), tRest);
  const Pair power = small_power(scaled_pair(f, ln2));
  // n is in the last bits; what else is there is shifted out.
  const f64 scale = FLOATS64((BITS64(rounded) << 52) + bits_of(1.0));
  const i64 isThere = x != 0;
  return (Pair){where(isThere, power.high * scale), where(isThere, power.low * scale)};
}

INLINE void LEVEL(add_any_power)(f64 x, const MassScale *scale, Tally *terms) {
  const Pair power = any_power(x, scale->order);
  tally_add(terms, power.high * scale->unit, power.low * scale->unit);
}

MASS_KERNELS(any_powers, LEVEL(add_any_power))
