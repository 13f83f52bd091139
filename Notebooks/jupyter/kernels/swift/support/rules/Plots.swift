// Run as the first cell of a session whose toolkit has Plots, which knows nothing of
// notebooks: its charts are shown as charts.
import Plots

displayRules.append { value in
  (value as? any Chart).map {
    [DisplayPart(type: "application/vnd.vegalite.v5+json", text: $0.vegaLite)]
  }
}
