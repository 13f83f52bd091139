// compiles
import InformationTheory

// What the other files nearly do: if this does not compile, they prove nothing.
let counts: [Int] = [1, 2, 3]
let distribution = try Categorical(counts: counts)
let amount: Information = distribution.entropy() + .bits(1)
let isLarge: Bool = distribution.entropy() > .bits(1)
