// The derivatives by the logits of a tile, and by the hidden states and the weights.

static void LEVEL(linear_slopes)(const LinearTile *tile, const LinearRows *rows,
                                 double *biasSums) {
  for (size_t c = 0; c < tile->classCount; c++) {
    float *place = tile->logits + c * linear_kernel_rows;
    f64 total = ALL64(0);
    for (size_t t = 0; t < tile->rowCount; t += LANES64) {
      const f64 depth = load64_floats(place + t) - load64_floats(rows->peaks + t);
      const f64 slope = power_below(depth) * load64(rows->scales + t);
      store32_half(place + t, __builtin_convertvector(slope, f32_half));
      total += slope;
    }
    if (biasSums) biasSums[c] += lane_sum(total);
  }
  for (size_t t = 0; t < tile->rowCount; t++) {
    const intptr_t class = tile->labels[t] - tile->firstClass;
    if (class < 0 || class >= (intptr_t)tile->classCount) continue;
    tile->logits[class * linear_kernel_rows + t] = (float)rows->labelSlopes[t];
    if (biasSums) biasSums[class] += rows->labelSlopes[t];
  }
}

/// Adds up to a vector of derivatives to those that are there, or begins them.
INLINE void add_derivatives(float *place, f32 sum, size_t count, int isFirst) {
  // Adding 0 makes +0 of −0.
  if (count == LANES32) {
    store32(place, sum + (isFirst ? (f32)0 : load32(place)));
    return;
  }
  sum += isFirst ? (f32)0 : load32_part(place, count, 0);
  memcpy(place, &sum, count * sizeof(float));
}

/// The products of up to a group of classes along the rows.
INLINE void add_weight_group(const LinearTile *tile, size_t class, float *gradient,
                             int isFirst) {
  const size_t classes = group_size(tile->classCount - class);
  const LeftSide left = {tile->logits + class * linear_kernel_rows, linear_kernel_rows, 1, NULL};
  const int isThere = class + 2 * PRODUCT_ROWS <= tile->classesLeft;
  for (size_t d = 0; d < tile->width; d += LANES32) {
    const size_t place = class * tile->width + d;
    for (size_t i = 0; i < PRODUCT_ROWS && isThere; i++) {
      __builtin_prefetch(gradient + place + (PRODUCT_ROWS + i) * tile->width, 1);
    }
    // What follows reads the weights, down the classes, where no processor looks ahead.
    for (size_t i = 0; i < classes && tile->readsWeightsNext; i++) {
      __builtin_prefetch(tile->weight + place + i * tile->width);
    }
    const float *hidden = tile->hiddenByColumn + d * linear_kernel_rows;
    f32 sums[PRODUCT_ROWS];
    group_products(left, hidden, LANES32, tile->rowCount, classes, sums);
    const size_t count = tile->width - d < LANES32 ? tile->width - d : LANES32;
    for (size_t i = 0; i < classes; i++) {
      add_derivatives(gradient + place + i * tile->width, sums[i], count, isFirst);
    }
  }
}

static void LEVEL(linear_weight_gradient)(const LinearTile *tile, float *gradient,
                                          int isFirst) {
  for (size_t c = 0; c < tile->classCount; c += PRODUCT_ROWS) {
    add_weight_group(tile, c, gradient, isFirst);
  }
}

static void LEVEL(linear_hidden_gradient)(const LinearTile *tile, float *gradient,
                                          int isFirst) {
  for (size_t d = 0; d < tile->width; d += PRODUCT_ROWS) {
    const size_t columns = group_size(tile->width - d);
    const LeftSide left = {tile->weight + d, 1, tile->width, NULL};
    for (size_t panel = 0; panel < tile->rowCount; panel += LANES32) {
      f32 sums[PRODUCT_ROWS];
      group_products(left, tile->logits + panel, linear_kernel_rows, tile->classCount, columns,
                     sums);
      for (size_t i = 0; i < columns; i++) {
        add_derivatives(gradient + (d + i) * linear_kernel_rows + panel, sums[i], LANES32, isFirst);
      }
    }
  }
}
