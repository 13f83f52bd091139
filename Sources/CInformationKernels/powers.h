// Σ x^(k/2) of masses, of whole k: sums of powers for the Rényi and Tsallis entropies.

/// x^(k/2) of masses in 2⁻⁵⁰ ..< ½ or 0, k ≥ 1, by products and at most one root; the
/// relative error is below 2⁻⁹⁸.
INLINE Pair half_power(f64 x, int k) {
  Pair power = {x, 0};
  if (k & 1) {
    f64 root = __builtin_elementwise_sqrt(x);
    f64 rest = FMA(-root, root, x) * 0.5 / root;
    power = (Pair){root, where(x != 0, rest)};
  }
  for (int factors = (k - 1) / 2; factors > 0; factors--) {
    f64 high = power.high * x;
    power = (Pair){high, FMA(power.low, x, FMA(power.high, x, -high))};
  }
  return power;
}

INLINE void LEVEL(add_power)(f64 x, const MassScale *scale, Tally *terms) {
  Pair power = half_power(x, scale->halves);
  tally_add(terms, power.high * scale->unit, power.low * scale->unit);
}

MASS_KERNELS(powers, LEVEL(add_power))
