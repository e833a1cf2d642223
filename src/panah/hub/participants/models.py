"""Who takes part: states and organisations with dated roles."""
