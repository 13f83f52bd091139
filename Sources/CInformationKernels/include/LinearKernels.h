#ifndef LINEAR_KERNELS_H
#define LINEAR_KERNELS_H

#include <stddef.h>
#include <stdint.h>

enum {
  /// The rows that are worked on together: their logits are what is held in memory.
  linear_kernel_rows = 32,
  /// The classes that are worked on together, whose weights fit in the second cache.
  linear_kernel_classes = 120,
  /// The columns of a panel.
  linear_kernel_columns = 16,
};

/// A tile of logits: up to `linear_kernel_classes` classes of a block of rows.
typedef struct {
  /// The weights of the tile's classes, classes × width.
  const float *weight;
  /// The biases of the tile's classes, or NULL.
  const float *bias;
  /// The class of each of the rows.
  const intptr_t *labels;
  /// The hidden states, [row / 16][column][row % 16], 0 in the lanes beyond the last row.
  const float *hiddenByRow;
  /// The hidden states, [column / 16][row][column % 16], 0 beyond the last column.
  const float *hiddenByColumn;
  /// The logits or what stands in their place, [class][row]. Of rows beyond the last, only
  /// those that share its vector are worked on.
  float *logits;
  size_t width;
  size_t classCount;
  size_t rowCount;
  /// The classes from the tile's first to the last there is.
  size_t classesLeft;
  intptr_t firstClass;
  /// Whether the derivatives by the hidden states are found after those by the weights.
  int readsWeightsNext;
} LinearTile;

/// What the derivatives of a block's rows are made of.
typedef struct {
  /// The largest logit of the classes other than the label.
  const float *peaks;
  /// What e^(logit − peak) is multiplied by; 0 beyond the last row.
  const double *scales;
  /// The derivatives by the labels' logits.
  const double *labelSlopes;
} LinearRows;

/// The kernels of one level.
typedef struct {
  /// Computes the logits of a tile. A label's logit goes to `labelLogits`, and −∞ into its
  /// place. Returns −1, or the place of a product that is not finite or of a logit +∞.
  intptr_t (*logits)(const LinearTile *tile, float *labelLogits);
  /// Finds the largest logit of each row, and Σ e^(logit − largest).
  void (*sums)(const LinearTile *tile, float *peaks, double *sums);
  /// Puts the derivatives by the logits in their place, and adds each class's to
  /// `biasSums`, which may be NULL.
  void (*slopes)(const LinearTile *tile, const LinearRows *rows, double *biasSums);
  /// Adds to the derivatives by the tile's weights, or begins them.
  void (*weight_gradient)(const LinearTile *tile, float *gradient, int isFirst);
  /// Adds to the derivatives by the hidden states, [column][row], or begins them.
  void (*hidden_gradient)(const LinearTile *tile, float *gradient, int isFirst);
} LinearKernels;

#endif
