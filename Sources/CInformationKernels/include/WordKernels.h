#ifndef WORD_KERNELS_H
#define WORD_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// A row of at least eight logits in pairs of doubles, each a high part and what it lacks.
typedef struct {
  /// How far the logits are below the largest one; never positive.
  const double *depths;
  /// Receives, or holds, e to these, times 2 to the lift.
  double *powers;
  /// The pairs 2^(j/64) for j in 0 ..< 64.
  const double *table;
  int64_t lift;
  size_t count;
  /// The class of the largest logit.
  size_t top;
} WordRow;

/// What is made of such a row, of which each function reads a part.
typedef struct {
  const double *powers;
  /// The weights of the classes.
  const double *weights;
  /// Receives a number for each class; may not overlap with what is read.
  double *output;
  size_t count;
  double total[2], factor[2], unit[2];
  /// A power of two.
  double scale;
} WordOutputs;

/// The kernels of rows in pairs of doubles, of one level. Their bits are those of the
/// definitions, step by step.
typedef struct {
  /// Finds the depths of logits below a peak, which one of them is; −∞ below an infinite one.
  void (*lower)(const double *x, size_t count, double peak, double *depths);
  /// Takes the powers; returns 1 where a depth is between −1000 and −600, and the powers are
  /// to be taken by the caller.
  int (*raise)(const WordRow *row);
  /// Sums the powers without that of the top, in an order that depends on the count alone.
  void (*sum)(const WordRow *row, double *result);
  /// power·factor·unit·scale of each class.
  void (*scale)(const WordOutputs *call);
  /// (power·(factor − weight) − weight·(total − power))·unit·scale, or power·factor·unit·scale
  /// for a weight of 0.
  void (*balance)(const WordOutputs *call);
} WordKernels;

#endif
