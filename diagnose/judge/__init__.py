"""The judge: failures become incidents, and evidence becomes a verdict."""
