extension LossMeasure {
  /// What the fields mean, for the help of the command.
  static let fieldHelp = """
      logits        rows of a number for each class; or one row; or (N, C, …), the
                    classes on the second level. For binary losses any shape.
                    Likewise log_probabilities, log_predictions, predictions, x
      class_indices a label for each row; or class_probabilities, like the logits;
                    targets for binary losses and divergences, log_targets for
                    kl_loss
      probabilities in place of logits, for binary_cross_entropy
      variances     for gaussian_nll, like the predictions
      sample_weights, weights     for each row; for each element of binary losses
      class_weights for each class; alpha of softmax_focal_loss likewise
      positive_weight    of binary_cross_entropy: one, or one for each column
      ignore_index  the label of rows to skip
      label_smoothing, z_loss_scale, logit_softcap, alpha, gamma, epsilon,
      least_variance     numbers; alpha may be null, for no weight
      soft_targets  of sigmoid_focal_loss: mixture (the default) or termwise
      full, predicts_logarithms   true or false, for poisson_nll, gaussian_nll
      validation    of targets: probabilities (the default) or non_negative
      reduction     mean (the default), weighted_mean, batch_mean, sum or none
      empty         what a mean of nothing is: throwing (the default) or zero
      preset        pytorch, keras, mlx, optax, tensorflow or onnx: its mean, its
                    floors and its defaults
      gradient      true: adds the derivatives by the logits or what is given in
                    their place, in the same shape
      dtype         float64 (the default), or float32: arrays are rounded to it
    """
}
