// error: cannot convert value of type 'Double' to expected argument type 'Information'
import InformationTheory

let isSmall = try Categorical([0.5, 0.5]).entropy() < 0.5
