// error: binary operator '>' cannot be applied to operands of type 'Information' and 'Double'
import InformationTheory

let one: Double = 1
let isLarge = try Categorical([0.5, 0.5]).entropy() > one
