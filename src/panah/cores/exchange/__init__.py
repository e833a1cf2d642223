"""Between node and hub: tables as SDMX, signed messages, and what may be told to whom.

structure: the structure of the regional exchange. messages: SDMX out and in. conversion: protected tables as datasets.
validation: what is wrong with a message. artefacts: the structure files. submission: signed messages and receipts.
sharing: the matrix of what a recipient may be told of a person. Each is imported by itself, since those that read and
write SDMX load much and the others need not wait for it.
"""
