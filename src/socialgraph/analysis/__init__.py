"""What the network means: networkx in, values out."""
