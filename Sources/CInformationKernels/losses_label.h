// Cross-entropy of long rows with a label each: one read of the logits, one write of the
// gradient.
//
// What is summed leaves the largest power out, because 1 − p of the likeliest class is
// that sum over the total.

/// Where block b of a row begins. Blocks differ in length by 1 at most, so that none is
/// too short for a vector.
INLINE size_t block_start(size_t b, size_t count, size_t block_count) {
  return b * count / block_count;
}

/// Finds the peak of each block and the sum of its powers without the first largest.
///
/// Returns the block of the row's peak, or block_count where the kernel cannot do it.
INLINE size_t take_in_blocks(
    const float *x, size_t count, size_t block_count, double *scratch, double *peaks,
    double *rests, int keeps) {
  size_t top_block = 0;
  for (size_t b = 0; b < block_count; b++) {
    const size_t start = block_start(b, count, block_count);
    const size_t length = block_start(b + 1, count, block_count) - start;
    const float peak = block_peak(x + start, length);
    if (!(peak > -LARGEST_PEAK && peak < LARGEST_PEAK)) return block_count;
    const size_t top = first_place(x + start, length, peak);
    peaks[b] = peak;
    rests[b] = block_powers(x + start, length, peak, top, scratch + start, keeps);
    if (peaks[b] > peaks[top_block]) top_block = b;
  }
  return top_block;
}

/// One row; returns 1 where it is left to the caller.
INLINE int label_row(
    const float *x, size_t label, double factor, float *gradient, double *loss,
    double *scratch, size_t count, int keeps, int streams) {
  const size_t block_count = (count + loss_kernel_block - 1) / loss_kernel_block;
  double *peaks = scratch + count;
  double *rests = peaks + block_count;
  const size_t top_block = take_in_blocks(x, count, block_count, scratch, peaks, rests, keeps);
  if (top_block == block_count) return 1;
  const double peak = peaks[top_block];
  // From here on peaks is what a block's powers are multiplied by.
  double rest = rests[top_block];
  for (size_t b = 0; b < block_count; b++) {
    const double depth = peaks[b] - peak;
    peaks[b] = exponential(ALL64(LARGER(depth, -FLOOR)))[0];
    if (b != top_block) rest = __builtin_fma(1 + rests[b], peaks[b], rest);
  }
  const double depth = (double)x[label] - peak;
  if (!(rest >= SMALLEST_REST && depth > -FLOOR)) return 1;
  *loss = log_one_plus(ALL64(rest))[0] - depth;
  if (!keeps) return 0;
  const double total = 1 + rest;
  const double share = factor / total;
  size_t b = 0;
  while (block_start(b + 1, count, block_count) <= label) b++;
  const double slope = depth == 0 ? rest : total - scratch[label] * peaks[b];
  // Below half the smallest float it would be rounded to −0.
  scratch[label] = slope * share > 0x1p-150 ? -(slope / peaks[b]) : 0.0;
  for (b = 0; b < block_count; b++) {
    const size_t start = block_start(b, count, block_count);
    const size_t length = block_start(b + 1, count, block_count) - start;
    if (streams) {
      stream_scaled(gradient + start, scratch + start, length, share * peaks[b]);
    } else {
      write_scaled(gradient + start, scratch + start, length, share * peaks[b]);
    }
  }
  return 0;
}

INLINE void label_rows(const LabelRows *rows, int keeps, int streams) {
  const size_t count = rows->classCount;
  for (size_t row = 0; row < rows->rowCount; row++) {
    float *gradient = keeps ? rows->gradient + row * count : NULL;
    rows->states[row] = 0;
    if (rows->labels[row] == rows->ignored) {
      rows->losses[row] = 0;
      if (keeps) memset(gradient, 0, count * sizeof(float));
    } else if (rows->factors[row] <= LARGEST_FACTOR) {
      rows->states[row] = (uint8_t)label_row(
          rows->logits + row * count, (size_t)rows->labels[row], rows->factors[row], gradient,
          rows->losses + row, rows->scratch, count, keeps, streams);
    } else {
      rows->states[row] = 1;
    }
  }
}

static void LEVEL(cross_entropy_rows)(const LabelRows *rows) {
  if (rows->classCount <= loss_kernel_few_classes) {
    LEVEL(few_label_rows)(rows);
  } else if (rows->gradient == NULL) {
    label_rows(rows, 0, 0);
  } else if (rows->isStreamed) {
    label_rows(rows, 1, 1);
  } else {
    label_rows(rows, 1, 0);
  }
}
