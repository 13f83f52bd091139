// error: cannot convert value of type 'Span<Float>' to expected argument type 'Span<Double>'
import InformationTheory

let p: [Double] = [0.5, 0.5]
let q: [Float] = [0.5, 0.5]
let divergence = try klDivergence(of: p.span, from: q.span)
