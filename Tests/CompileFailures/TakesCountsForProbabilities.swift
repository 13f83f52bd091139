// error: requires that 'Int' conform to 'InformationScalar'
import InformationTheory

let counts: [Int] = [1, 2, 3]
let distribution = try Categorical(counts)
