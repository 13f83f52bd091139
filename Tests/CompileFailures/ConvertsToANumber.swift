// error: cannot convert value of type 'Information' to specified type 'Double'
import InformationTheory

let number: Double = try Categorical([0.5, 0.5]).entropy()
