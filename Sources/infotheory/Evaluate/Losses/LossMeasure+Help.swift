extension LossMeasure {
  /// What the fields mean, for the help of the command.
  static let fieldHelp = """
      logits        rows of a number for each class; or one row; or (N, C, …), the
                    classes on the second level. For binary losses any shape.
                    Likewise log_probabilities, log_predictions, predictions, x
      class_indices a label for each row; or class_probabilities, like the logits;
                    targets for binary losses and divergences, log_targets for
                    kl_loss
      probabilities in place of logits, for binary_cross_entropy and kl_loss; what
                    categorical_cross_entropy takes, with normalize true to divide
                    rows by their sums
      least_probability    of those two for classes: what is not taken below
      variances     for gaussian_nll, like the predictions
      sample_weights, weights     for each row; for each element of binary losses
      class_weights for each class; alpha of softmax_focal_loss likewise
      positive_weight    of binary_cross_entropy: one, or one for each column
      ignore_index  the label of rows to skip
      label_smoothing, z_loss_scale, logit_softcap, alpha, gamma, epsilon,
      least_variance     numbers; alpha may be null, for no weight
      soft_targets  of sigmoid_focal_loss: mixture (the default) or termwise
      log_floor     the least logarithm of probabilities, or null; or in its place
                    epsilon, which brings them into epsilon … 1 − epsilon
      full, predicts_logarithms   true or false, for poisson_nll, gaussian_nll
      validation    of targets: probabilities (the default), non_negative or finite
      reduction     mean (the default), weighted_mean, batch_mean, sum, none, or
                    divided_by a divisor
      empty         what a mean of nothing is: throwing (the default), zero or
                    zero_unless_no_rows
      preset        pytorch, keras, mlx, optax, tensorflow or onnx: its mean, its
                    floors and its defaults
      gradient      true: adds the derivatives by the logits or what is given in
                    their place, in the same shape; likewise target_gradient,
                    variance_gradient, and hessian_diagonal for the second
                    derivatives by the logits
      dtype         float64 (the default), or float32: arrays are rounded to it
    """
}
