"""Files to reports. `inputs.find_inputs` finds what there is to read; `reader.read` makes one input a report.

Finding is cheap, streams, and loads no extraction library; reading is pure, bounded, and runs in worker processes.
"""
