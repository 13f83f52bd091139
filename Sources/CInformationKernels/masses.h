// Sums over a list of masses.

/// Scaled masses, where what the kernel does not take becomes 0, and is hard unless it is 0.
INLINE f64 take_masses(f64 x, const MassScale *scale, i64 *hard) {
  i64 easy = (x >= scale->least) & (x <= scale->most);
  if (__builtin_expect(__builtin_reduce_and(easy) == 0, 0)) {
    *hard |= ~easy & (x != 0);
    x = where(easy, x);
  }
  return x;
}

/// The same of a list's end, where lanes are 0 that have no mass: that is no reason to look
/// closer.
INLINE f64 take_last_masses(f64 x, const MassScale *scale, i64 *hard) {
  const i64 easy = (x >= scale->least) & (x <= scale->most);
  *hard |= ~easy & (x != 0);
  return where(easy, x);
}

/// A loop over a list, whose step adds what a mass in each lane is worth.
#define MASS_KERNEL(NAME, STEP, SCALAR, LOAD, LOAD_PART)                                      \
  static void LEVEL(NAME)(const SCALAR *masses, size_t count, MassScale scale,                \
                          MassSums *sums) {                                                   \
    Tally terms = {0, 0}, total = {0, 0};                                                     \
    i64 hard = 0;                                                                             \
    size_t steps = 0;                                                                         \
    size_t i = 0;                                                                             \
    for (; i + LANES64 <= count; i += LANES64, steps++) {                                     \
      __builtin_prefetch(masses + i + 4096 / sizeof(SCALAR));                                 \
      f64 x = take_masses(LOAD(masses + i) * scale.masses, &scale, &hard);                    \
      STEP(x, &scale, &terms);                                                                \
      tally_add_exact(&total, x);                                                             \
    }                                                                                         \
    if (i < count) {                                                                          \
      f64 x = LOAD_REST(LOAD, LOAD_PART, masses, i, count) * scale.masses;                    \
      x = take_last_masses(x, &scale, &hard);                                                 \
      STEP(x, &scale, &terms);                                                                \
      tally_add_exact(&total, x);                                                             \
      steps++;                                                                                \
    }                                                                                         \
    sums->terms = tally_sum(&terms, steps);                                                   \
    sums->masses = tally_sum(&total, steps);                                                  \
    sums->hard = any_lane(hard);                                                              \
  }

#define MASS_KERNELS(NAME, STEP)                                                              \
  MASS_KERNEL(NAME##_f64, STEP, double, load64, load64_rest)                                  \
  MASS_KERNEL(NAME##_f32, STEP, float, load64_floats, load64_floats_rest)
