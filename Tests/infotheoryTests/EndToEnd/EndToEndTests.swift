import Testing

/// Tests that run the built tool; one after another, because a child could inherit
/// another one's pipes.
@Suite(.serialized) enum EndToEndTests {}
