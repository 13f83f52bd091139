import CGSL
import SpecialFunctions
import Testing

/// A wrong answer of GSL 2.7.1, found by measuring it against ball arithmetic
/// (`spec/accuracy.md`, section 2), and what we answer instead.
struct GSLFault: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// From balls; the double that is nearest.
  let truth: Double
  /// What GSL 2.7.1 says with status 0, on x86-64 with glibc; NaN for itself.
  let wrong: Double
  /// How far from it a GSL that has the fault may be, on another system.
  var spread = 0.5
  let gsl: @Sendable (inout gsl_sf_result) -> Int32
  let ours: @Sendable () throws(SpecialFunctionError) -> Double

  /// Whether an answer is the fault described: wrong, and near what is described.
  func describes(_ answer: GSLAnswer) -> Bool {
    if wrong.isFinite, answer.value.isFinite {
      (answer.value - truth).magnitude >= spread * (wrong - truth).magnitude
        && (answer.value - truth).magnitude <= (wrong - truth).magnitude / spread
    } else {
      answer.value == wrong || wrong.isNaN && answer.value.isNaN
    }
  }

  static let all = gammaFamily + elementary + incomplete

  static let gammaFamily = [
    GSLFault(
      testDescription: "psi an ulp below its root: 2.7e-2",
      truth: -3.072790566546292843089161e-16, wrong: -3.157196726277789e-16, spread: 0.01,
      gsl: { unsafe gsl_sf_psi_e(0x1.762d86356be3ep+0, &$0) },
      ours: { () throws(SpecialFunctionError) in try digamma(0x1.762d86356be3ep+0) }),
    GSLFault(
      testDescription: "psi next to the pole −3: 35 %",
      truth: -2251799813685246.743882332, wrong: -1465465359875938.5,
      gsl: { unsafe gsl_sf_psi_e((-3.0).nextUp, &$0) },
      ours: { () throws(SpecialFunctionError) in try digamma((-3.0).nextUp) }),
    GSLFault(
      testDescription: "psi_1 of a negative number: 4e-12",
      truth: 695907.1582589721814973094, wrong: 695907.1582618118, spread: 0.1,
      gsl: { unsafe gsl_sf_psi_1_e(-0x1.9004e8f896cedp+4, &$0) },
      ours: { () throws(SpecialFunctionError) in try trigamma(-0x1.9004e8f896cedp+4) }),
    GSLFault(
      testDescription: "lngamma next to 1: 2.4e-13",
      truth: -0.005996765249599468370673033, wrong: -0.005996765249598024, spread: 0.1,
      gsl: { unsafe gsl_sf_lngamma_e(0x1.02b3322a19b07p+0, &$0) },
      ours: { () throws(SpecialFunctionError) in try logGamma(0x1.02b3322a19b07p+0) }),
    GSLFault(
      testDescription: "lngamma next to 2: 4.4e-13",
      truth: 0.004299544653947453156848632, wrong: 0.004299544653949328, spread: 0.1,
      gsl: { unsafe gsl_sf_lngamma_e(0x1.014ab271ff0fcp+1, &$0) },
      ours: { () throws(SpecialFunctionError) in try logGamma(0x1.014ab271ff0fcp+1) }),
    GSLFault(
      testDescription: "lngamma at a root: the wrong sign, 44 times too big",
      truth: 5.619192358950096450912569e-17, wrong: -2.4424906541753444e-15, spread: 0.01,
      gsl: { unsafe gsl_sf_lngamma_e(-0x1.3a7fc9600f86cp+1, &$0) },
      ours: { () throws(SpecialFunctionError) in try logGamma(-0x1.3a7fc9600f86cp+1) }),
    GSLFault(
      testDescription: "lnbeta next to B = 1: the wrong sign, 345 times too big",
      truth: -3.389952431697777307472476e-18, wrong: 1.1657341758564144e-15, spread: 0.01,
      gsl: { unsafe gsl_sf_lnbeta_e(0x1.80e4f32eec1c2p-1, 0x1.6b0c80cc1b904p+0, &$0) },
      ours: { () throws(SpecialFunctionError) in
        try logBeta(0x1.80e4f32eec1c2p-1, 0x1.6b0c80cc1b904p+0)
      }),
    GSLFault(
      testDescription: "lnpoch with a big and a small argument: 2e-6",
      truth: 0.1177503998364124732618547, wrong: 0.11775016784667969, spread: 0.1,
      gsl: { unsafe gsl_sf_lnpoch_e(0x1.eb277a06feb5ep+25, 0x1.ad2fd1a043139p-8, &$0) },
      ours: { () throws(SpecialFunctionError) in
        let (a, h) = (0x1.eb277a06feb5ep+25, 0x1.ad2fd1a043139p-8)
        return try logGammaRemainder(at: a, step: h) + h * digamma(a)
      }),
    GSLFault(
      testDescription: "zeta next to its root −6: 1.6e-4",
      truth: 6.303766619497512463676546e-15, wrong: 6.302746283671034e-15, spread: 0.1,
      gsl: { unsafe gsl_sf_zeta_e(-0x1.80000000004b3p+2, &$0) },
      ours: { () throws(SpecialFunctionError) in try zeta(-0x1.80000000004b3p+2) }),
  ]

  static let elementary = [
    GSLFault(
      testDescription: "lambert_W0(1e-100) is 0",
      truth: 1e-100, wrong: 0,
      gsl: { unsafe gsl_sf_lambert_W0_e(1e-100, &$0) },
      ours: { () throws(SpecialFunctionError) in try lambertW(1e-100, branch: .principal) }),
    GSLFault(
      testDescription: "lambert_W0(1e-40): 3.3 %",
      truth: 1e-40, wrong: 1.0331493317774011e-40, spread: 0.1,
      gsl: { unsafe gsl_sf_lambert_W0_e(1e-40, &$0) },
      ours: { () throws(SpecialFunctionError) in try lambertW(1e-40, branch: .principal) }),
    GSLFault(
      testDescription: "lambert_W0 next to −1/e: 2e-9",
      truth: -0.9999999846957458715048287, wrong: -0.9999999826278987,
      gsl: { unsafe gsl_sf_lambert_W0_e(-0x1.78b56362cef37p-2, &$0) },
      ours: { () throws(SpecialFunctionError) in
        try lambertW(-0x1.78b56362cef37p-2, branch: .principal)
      }),
    GSLFault(
      testDescription: "lambert_Wm1 next to −1/e: 2e-9",
      truth: -1.000000015304254284641969, wrong: -1.0000000173721015,
      gsl: { unsafe gsl_sf_lambert_Wm1_e(-0x1.78b56362cef37p-2, &$0) },
      ours: { () throws(SpecialFunctionError) in
        try lambertW(-0x1.78b56362cef37p-2, branch: .minusOne)
      }),
    GSLFault(
      testDescription: "dilog next to its root: the wrong sign",
      truth: -3.920132055446132619248418e-16, wrong: 4.440892098500626e-16, spread: 0.1,
      gsl: { unsafe gsl_sf_dilog_e(0x1.930ba2bb410aep+3, &$0) },
      ours: { () throws(SpecialFunctionError) in try dilogarithm(0x1.930ba2bb410aep+3) }),
    GSLFault(
      testDescription: "expint_Ei next to its root: 46 %",
      truth: -5.119698936555684702144609e-17, wrong: -2.7755575615628914e-17, spread: 0.1,
      gsl: { unsafe gsl_sf_expint_Ei_e(0x1.7d72952b4b5fcp-2, &$0) },
      ours: { () throws(SpecialFunctionError) in try exponentialIntegralEi(0x1.7d72952b4b5fcp-2) }),
    GSLFault(
      testDescription: "bessel_I1_scaled(3.7e-8): 3.7e-8, with an error estimate of 0",
      truth: 1.849999931550001605069346e-8, wrong: 1.85e-08,
      gsl: { unsafe gsl_sf_bessel_I1_scaled_e(3.7e-8, &$0) },
      ours: { () throws(SpecialFunctionError) in try besselI1Scaled(3.7e-8) }),
    GSLFault(
      testDescription: "log_erfc(3e93) is NaN",
      truth: -8.999999999999998696533739e+186, wrong: .nan,
      gsl: { unsafe gsl_sf_log_erfc_e(3e93, &$0) },
      ours: { () throws(SpecialFunctionError) in try logComplementaryErrorFunction(3e93) }),
    GSLFault(
      testDescription: "erfc(23.2): 5.7e-14",
      truth: 1.990222395514378937082226e-236, wrong: 1.9902223955142665e-236, spread: 0.1,
      gsl: { unsafe gsl_sf_erfc_e(0x1.7376974927d18p+4, &$0) },
      ours: { () throws(SpecialFunctionError) in
        try complementaryErrorFunction(0x1.7376974927d18p+4)
      }),
  ]

  static let incomplete = [
    GSLFault(
      testDescription: "gamma_inc_Q(0.186, 0.337): 2e-11, with an error estimate of 7e-16",
      truth: 0.1569113051873487223148270, wrong: 0.15691130519040308, spread: 0.1,
      gsl: { unsafe gsl_sf_gamma_inc_Q_e(0.186, 0.337, &$0) },
      ours: { () throws(SpecialFunctionError) in try regularizedGammaQ(shape: 0.186, 0.337) }),
    GSLFault(
      testDescription: "gamma_inc_Q(93692, 93431): 9e-9",
      truth: 0.8033473776967433202900625, wrong: 0.8033473846216296, spread: 0.1,
      gsl: { unsafe gsl_sf_gamma_inc_Q_e(0x1.6dfc101d3513ap+16, 0x1.6cf6ae6f7d66cp+16, &$0) },
      ours: { () throws(SpecialFunctionError) in
        try regularizedGammaQ(shape: 0x1.6dfc101d3513ap+16, 0x1.6cf6ae6f7d66cp+16)
      }),
    GSLFault(
      testDescription: "beta_inc(5178, 4050, 0.5557): 2e-11",
      truth: 0.1464172241411986300128172, wrong: 0.14641722413820024, spread: 0.1,
      gsl: {
        unsafe gsl_sf_beta_inc_e(
          0x1.439f9b64ab5bcp+12, 0x1.fa4db4508b792p+11, 0x1.1c7f060472bbfp-1, &$0)
      },
      ours: { () throws(SpecialFunctionError) in
        try regularizedBeta(0x1.1c7f060472bbfp-1, 0x1.439f9b64ab5bcp+12, 0x1.fa4db4508b792p+11)
      }),
  ]
}
