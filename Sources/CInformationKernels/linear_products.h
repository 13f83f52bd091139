// The inner loop of the products of matrices, which is where the time goes.

/// So many rows of the left side at once, with a vector of columns of the right side:
/// as many sums as hide the latency of a fused product in sixteen registers.
#define PRODUCT_ROWS 6

/// The left side of a product: rows that lie `row` apart, their elements `step` apart.
typedef struct {
  const float *start;
  size_t row, step;
  /// What the memory is asked for meanwhile: `PRODUCT_ROWS / 2` rows, or NULL.
  const float *ahead;
} LeftSide;

/// Σ left·right over `depth` steps, fused, in the order of the steps; sums[i] of row i.
INLINE void dot_products(LeftSide left, const float *right, size_t rightStep, size_t depth,
                         int rows, f32 *sums) {
  f32 total[PRODUCT_ROWS];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) total[i] = 0;
  size_t k = 0;
  while (k < depth) {
    if (left.ahead) {
#pragma clang loop unroll(full)
      for (int i = 0; i < PRODUCT_ROWS / 2; i++) __builtin_prefetch(left.ahead + i * left.row + k);
    }
    const size_t end = depth - k < LANES32 ? depth : k + LANES32;
    for (; k < end; k++) {
      const f32 factor = load32(right + k * rightStep);
#pragma clang loop unroll(full)
      for (int i = 0; i < rows; i++) {
        total[i] = FMA((f32)left.start[i * left.row + k * left.step], factor, total[i]);
      }
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) sums[i] = total[i];
}

/// The same of a whole group, or of the fewer rows that are left.
INLINE void group_products(LeftSide left, const float *right, size_t rightStep, size_t depth,
                           size_t rows, f32 *sums) {
  if (rows == PRODUCT_ROWS) {
    dot_products(left, right, rightStep, depth, PRODUCT_ROWS, sums);
    return;
  }
  left.ahead = NULL;
  for (size_t i = 0; i < rows; i++, left.start += left.row) {
    dot_products(left, right, rightStep, depth, 1, sums + i);
  }
}

/// How many of a group are left.
INLINE size_t group_size(size_t rest) { return rest < PRODUCT_ROWS ? rest : PRODUCT_ROWS; }
