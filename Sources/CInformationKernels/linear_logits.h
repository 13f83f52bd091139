// Logits of a tile of classes, and what the loss takes of them.

/// The width is summed by blocks, so that errors of rounding do not grow with it.
#define WIDTH_BLOCK 512

/// Adds a block of the width to the logits of up to a group of classes.
INLINE void add_products(const LinearTile *tile, size_t class, size_t from, size_t depth) {
  const size_t classes = group_size(tile->classCount - class);
  const float *weight = tile->weight + class * tile->width + from;
  for (size_t panel = 0; panel < tile->rowCount; panel += LANES32) {
    const float *hidden = tile->hiddenByRow + panel * tile->width + from * LANES32;
    // The next group's weights, half of them with either panel.
    const size_t next = PRODUCT_ROWS + (panel ? PRODUCT_ROWS / 2 : 0);
    const int isThere = class + next + PRODUCT_ROWS / 2 <= tile->classesLeft;
    const LeftSide left = {weight, tile->width, 1, isThere ? weight + next * tile->width : NULL};
    f32 sums[PRODUCT_ROWS];
    group_products(left, hidden, LANES32, depth, classes, sums);
    float *logits = tile->logits + class * linear_kernel_rows + panel;
    for (size_t i = 0; i < classes; i++, logits += linear_kernel_rows) {
      store32(logits, from == 0 ? sums[i] : load32(logits) + sums[i]);
    }
  }
}

/// Adds the biases.
///
/// Returns −1, or the place of a product that is not finite or of a logit +∞.
INLINE intptr_t add_bias(const LinearTile *tile) {
  for (size_t c = 0; c < tile->classCount; c++) {
    const float bias = tile->bias ? tile->bias[c] : 0;
    for (size_t t = 0; t < tile->rowCount; t += LANES32) {
      float *place = tile->logits + c * linear_kernel_rows + t;
      const f32 product = load32(place), logit = product + bias;
      store32(place, logit);
      const i32 bad = ~((product - product == 0) & (logit < (f32)__builtin_inff()));
      if (!__builtin_reduce_or(bad)) continue;
      for (size_t i = 0; i < LANES32; i++) {
        if (bad[i]) return (intptr_t)(c * linear_kernel_rows + t + i);
      }
    }
  }
  return -1;
}

/// Sets the logits of labels apart: −∞ takes their place.
INLINE void take_labels(const LinearTile *tile, float *labelLogits) {
  for (size_t t = 0; t < tile->rowCount; t++) {
    const intptr_t class = tile->labels[t] - tile->firstClass;
    if (class < 0 || class >= (intptr_t)tile->classCount) continue;
    float *place = tile->logits + class * linear_kernel_rows + t;
    labelLogits[t] = *place;
    *place = -__builtin_inff();
  }
}

static intptr_t LEVEL(linear_logits)(const LinearTile *tile, float *labelLogits) {
  for (size_t from = 0; from < tile->width; from += WIDTH_BLOCK) {
    const size_t depth = tile->width - from < WIDTH_BLOCK ? tile->width - from : WIDTH_BLOCK;
    for (size_t c = 0; c < tile->classCount; c += PRODUCT_ROWS) add_products(tile, c, from, depth);
  }
  const intptr_t bad = add_bias(tile);
  if (bad < 0) take_labels(tile, labelLogits);
  return bad;
}

/// eᶻ for z ≤ 0: 0 below −690, and for −∞.
INLINE f64 power_below(f64 z) {
  const f64 low = ALL64(-690), inside = z < ALL64(0) ? z : ALL64(0);
  const i64 isThere = inside > low;
  return FLOATS64(isThere & BITS64(exponential(isThere ? inside : low)));
}

static void LEVEL(linear_sums)(const LinearTile *tile, float *peaks, double *sums) {
  for (size_t t = 0; t < tile->rowCount; t += LANES64) {
    const float *logits = tile->logits + t;
    f32_half peak = load32_half(logits);
    for (size_t c = 1; c < tile->classCount; c++) {
      peak = __builtin_elementwise_max(peak, load32_half(logits + c * linear_kernel_rows));
    }
    store32_half(peaks + t, peak);
    f64 top = __builtin_convertvector(peak, f64);
    // Where no class is possible every power is to be 0.
    top = top == ALL64(-__builtin_inf()) ? ALL64(0) : top;
    f64 sum = ALL64(0);
    for (size_t c = 0; c < tile->classCount; c++) {
      sum += power_below(load64_floats(logits + c * linear_kernel_rows) - top);
    }
    store64(sums + t, sum);
  }
}
