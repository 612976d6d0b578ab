"""What the questions of ``kg/asking`` answer; REST and the command line print these models."""
