#ifndef ROW_KERNELS_H
#define ROW_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "WordKernels.h"

/// Rows of logits, and where what is asked of them goes.
typedef struct {
  /// Rows × classes.
  const float *logits;
  /// Receives a number for each logit, or one for each row; not the logits themselves.
  float *output;
  /// Receives 0 for a row that is done, and 1 for one that is left to the caller, whose
  /// output may be anything. Which of the two depends on the row alone.
  uint8_t *states;
  /// Room for `classCount` numbers.
  double *scratch;
  size_t rowCount;
  size_t classCount;
} FunctionRows;

/// Rows of logits that are doubles, and where what is asked of them goes.
typedef struct {
  /// Rows × classes.
  const double *logits;
  /// Receives a number for each logit, or one for each row; not the logits themselves.
  double *output;
  /// Receives 0 for a row that is done, and 1 for one that is left to the caller, whose
  /// output may be anything: with NaN, an infinite peak, a logit between 600 and 1000 below it,
  /// or a log-sum-exp of which the parts cancel. Which of the two depends on the row alone.
  uint8_t *states;
  /// As of `DoubleLabelRows`.
  double *scratch;
  const double *powers, *logarithms;
  size_t rowCount;
  size_t classCount;
} DoubleFunctionRows;

/// Pairs of rows of logits, and how far their softmaxes p and q are apart.
typedef struct {
  /// Rows × classes, of p.
  const float *logits;
  /// Rows × classes, of q.
  const float *otherLogits;
  /// Receives D(p‖q), right to 2⁻²⁸ of itself and never negative.
  double *divergences;
  /// Receives 0 for a row that is done, and 1 for one that is left to the caller. Which
  /// of the two depends on the row alone.
  uint8_t *states;
  size_t rowCount;
  size_t classCount;
} DivergenceRows;

/// The kernels of functions of rows, of one level.
typedef struct {
  /// log Σ eˣ of each row.
  void (*log_sum_exp)(const FunctionRows *rows);
  /// eˣ/Σ eˣ of each logit.
  void (*softmax)(const FunctionRows *rows);
  /// x − log Σ eˣ of each logit.
  void (*log_softmax)(const FunctionRows *rows);
  /// The Kullback–Leibler divergence of each pair of rows.
  void (*kl_divergence)(const DivergenceRows *rows);
  /// The first three of doubles, right to 2⁻⁶² before they are rounded.
  void (*log_sum_exp_doubles)(const DoubleFunctionRows *rows);
  void (*softmax_doubles)(const DoubleFunctionRows *rows);
  void (*log_softmax_doubles)(const DoubleFunctionRows *rows);
  /// Rows in pairs of doubles.
  WordKernels words;
} RowKernels;

#endif
