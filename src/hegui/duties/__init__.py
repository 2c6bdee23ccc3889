"""What the service owes: packs in force, scope, attestations, registers, and how it stands."""
