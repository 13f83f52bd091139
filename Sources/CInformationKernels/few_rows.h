// Rows of few classes, class by class: a lane for each of several rows, so that no row needs
// a sum across lanes or a quotient of its own.

/// Several rows, class by class: their logits, and then their derivatives.
typedef struct {
  float x[loss_kernel_few_classes][LANES64];
  double powers[loss_kernel_few_classes][LANES64];
} LEVEL(FewRows);

#define LOW_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define HIGH_PAIRS(a, b) __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
#define LOW_FOURS(a, b) __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define HIGH_FOURS(a, b) __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#define LOW_HALVES(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define HIGH_HALVES(a, b) __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15)

/// Turns rows of eight numbers, which lie so many apart, into columns. They are stored in their
/// order, so that each may reach into the next.
INLINE void transpose(const float *source, size_t apart, float *target, size_t targetApart) {
  f32_half r[8], s[8];
  UNROLLED for (int i = 0; i < 8; i++) r[i] = load32_half(source + i * apart);
  UNROLLED for (int i = 0; i < 8; i += 2) {
    s[i] = LOW_PAIRS(r[i], r[i + 1]);
    s[i + 1] = HIGH_PAIRS(r[i], r[i + 1]);
  }
  UNROLLED for (int i = 0; i < 8; i += 4) {
    r[i] = LOW_FOURS(s[i], s[i + 2]);
    r[i + 1] = HIGH_FOURS(s[i], s[i + 2]);
    r[i + 2] = LOW_FOURS(s[i + 1], s[i + 3]);
    r[i + 3] = HIGH_FOURS(s[i + 1], s[i + 3]);
  }
  UNROLLED for (int i = 0; i < 4; i++) {
    store32_half(target + i * targetApart, LOW_HALVES(r[i], r[i + 4]));
  }
  UNROLLED for (int i = 0; i < 4; i++) {
    store32_half(target + (i + 4) * targetApart, HIGH_HALVES(r[i], r[i + 4]));
  }
}

INLINE void copy_vector(const float *source, float *target) {
  store32_half(target, load32_half(source));
}

/// Takes in as many rows as there are lanes, of so many logits that there are from them on.
///
/// Element by element, compilers would gather with AVX-512: that is slow, and more than some
/// emulators know.
INLINE void load_few(float (*columns)[LANES64], const float *logits, size_t count,
                     size_t available) {
  if (count < LANES64) {
    // As many vectors as there are classes, and one for what is read beyond the last row.
    float rows[LANES64 * LANES64];
    const int reachesOut = (LANES64 - 1) * count + LANES64 > available;
    if (reachesOut) {
      for (size_t i = 0; i < count; i++) copy_vector(logits + i * LANES64, rows + i * LANES64);
      store32_half(rows + count * LANES64, (f32_half)0.0f);
    }
    transpose(reachesOut ? rows : logits, count, columns[0], LANES64);
    return;
  }
  for (size_t c = 0; c + LANES64 <= count; c += LANES64) {
    transpose(logits + c, count, columns[c], LANES64);
  }
  // The last columns reach back into those before.
  const size_t c = count - LANES64;
  if (count % LANES64) transpose(logits + c, count, columns[c], LANES64);
}

/// Writes what stands for the logits now.
INLINE void store_few(float (*columns)[LANES64], float *target, size_t count) {
  if (count < LANES64) {
    float rows[LANES64 * LANES64];
    transpose(columns[0], LANES64, rows, count);
    for (size_t i = 0; i < count; i++) copy_vector(rows + i * LANES64, target + i * LANES64);
    return;
  }
  for (size_t c = 0; c + LANES64 <= count; c += LANES64) {
    transpose(columns[c], LANES64, target + c, count);
  }
  const size_t c = count - LANES64;
  if (count % LANES64) transpose(columns[c], LANES64, target + c, count);
}

/// Takes in fewer rows than there are lanes; in the others are logits of 0.
INLINE void load_few_part(float (*columns)[LANES64], const float *logits, size_t count,
                          size_t rowCount) {
  float rows[LANES64 * loss_kernel_few_classes] = {0};
  memcpy(rows, logits, rowCount * count * sizeof(float));
  load_few(columns, rows, count, LANES64 * count);
}

/// Writes the rows of some lanes.
INLINE void store_few_lanes(float (*columns)[LANES64], float *target, size_t count, i64 lanes) {
  if (!any_lane(~lanes)) {
    store_few(columns, target, count);
    return;
  }
  float rows[LANES64 * loss_kernel_few_classes];
  store_few(columns, rows, count);
  for (size_t lane = 0; lane < LANES64; lane++) {
    if (lanes[lane]) memcpy(target + lane * count, rows + lane * count, count * sizeof(float));
  }
}

/// Lists the rows of some lanes, of which the first is that of a row, and returns their number.
INLINE size_t list_lanes(i64 lanes, size_t row, uint8_t *list) {
  size_t count = 0;
  if (!any_lane(lanes)) return count;
  for (size_t lane = 0; lane < LANES64; lane++) {
    if (lanes[lane]) list[count++] = (uint8_t)(row + lane);
  }
  return count;
}

/// The logits of a class, widened.
INLINE f64 few_class(float (*columns)[LANES64], size_t c) { return load64_floats(columns[c]); }

/// The largest logits; where one is NaN, it or a number.
INLINE f64 few_peaks(float (*columns)[LANES64], size_t count) {
  f32_half peaks = load32_half(columns[0]);
  for (size_t c = 1; c < count; c++) peaks = LARGER(load32_half(columns[c]), peaks);
  return __builtin_convertvector(peaks, f64);
}
