"""The ways in which people write a name, an address or a CPR number.

Others use `normalisation.fold`, `normalisation.fold_letters`, `normalisation.Key`, `normalisation.cpr_pattern`,
`addresses.address_pattern` and more.
"""
