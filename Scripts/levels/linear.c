// The kernels of linear cross-entropy.

#include "levels.h"

enum { rows = linear_kernel_rows, classes = linear_kernel_classes, panel = linear_kernel_columns };

/// A tile of so many classes of so many rows, worked on from logits to gradients.
static void digest_tile(
    Digest *digest, const LinearKernels *kernels, size_t class_count, size_t row_count,
    size_t width) {
  Random random = {class_count << 32 | row_count << 16 | width | (uint64_t)3 << 48};
  const size_t columns = (width + panel - 1) / panel * panel;
  float *weight = room(class_count * width * sizeof(float));
  float *bias = room(class_count * sizeof(float));
  float *by_row = room(rows * width * sizeof(float));
  float *by_column = room(rows * columns * sizeof(float));
  float *logits = room(classes * rows * sizeof(float));
  float *weight_gradient = room(class_count * width * sizeof(float));
  float *hidden_gradient = room(rows * width * sizeof(float));
  double *bias_sums = room(class_count * sizeof(double));
  intptr_t labels[rows] = {0};
  float label_logits[rows] = {0}, peaks[rows] = {0};
  double sums[rows] = {0}, scales[rows] = {0}, label_slopes[rows] = {0};

  for (size_t i = 0; i < class_count * width; i++) weight[i] = (float)(next_unit(&random) - 0.5);
  for (size_t i = 0; i < class_count; i++) bias[i] = (float)(next_unit(&random) - 0.5);
  for (size_t row = 0; row < row_count; row++) {
    labels[row] = (intptr_t)next_below(&random, 2 * class_count);
    label_slopes[row] = -next_unit(&random);
    for (size_t d = 0; d < width; d++) {
      const float value = (float)(next_unit(&random) * 4 - 2);
      by_row[row / panel * panel * width + d * panel + row % panel] = value;
      by_column[d / panel * panel * rows + row * panel + d % panel] = value;
    }
  }
  const LinearTile tile = {.weight = weight, .bias = bias, .labels = labels,
                           .hiddenByRow = by_row, .hiddenByColumn = by_column, .logits = logits,
                           .width = width, .classCount = class_count, .rowCount = row_count,
                           .classesLeft = 2 * class_count, .firstClass = 0};
  digest_word(digest, (uint64_t)kernels->logits(&tile, label_logits));
  kernels->sums(&tile, peaks, sums);
  for (size_t row = 0; row < row_count; row++) {
    digest_f32(digest, label_logits[row]);
    digest_f32(digest, peaks[row]);
    digest_f64(digest, sums[row]);
    scales[row] = 0.03125 / (1 + sums[row]);
  }
  const LinearRows slopes = {.peaks = peaks, .scales = scales, .labelSlopes = label_slopes};
  kernels->slopes(&tile, &slopes, bias_sums);
  kernels->weight_gradient(&tile, weight_gradient, 1);
  kernels->weight_gradient(&tile, weight_gradient, 0);
  kernels->hidden_gradient(&tile, hidden_gradient, 1);
  kernels->hidden_gradient(&tile, hidden_gradient, 0);
  for (size_t c = 0; c < class_count; c++) digest_f64(digest, bias_sums[c]);
  for (size_t i = 0; i < class_count * width; i++) digest_f32(digest, weight_gradient[i]);
  for (size_t d = 0; d < width; d++) {
    for (size_t row = 0; row < row_count; row++) {
      digest_f32(digest, hidden_gradient[d * rows + row]);
    }
  }
  free(bias_sums);
  free(hidden_gradient);
  free(weight_gradient);
  free(logits);
  free(by_column);
  free(by_row);
  free(bias);
  free(weight);
}

void run_linear(int level) {
  static const size_t class_counts[] = {1, 2, 5, 119, 120}, row_counts[] = {1, 15, 16, 17, 32};
  static const size_t widths[] = {1, 15, 16, 40, 100};
  Digest digest = new_digest();
  for (int c = 0; c < 5; c++) {
    for (int r = 0; r < 5; r++) {
      for (int w = 0; w < 5; w++) {
        digest_tile(&digest, linear_kernels(level), class_counts[c], row_counts[r], widths[w]);
      }
    }
  }
  print_digest("linear cross-entropy", digest);
}
