"""The models of a case: plain, frozen values, and how each is parsed.

Others use `citizen.CitizenCase`, `committee.CommitteeItem`, `identifiers.Value`, `values.Text`,
`citizen.EmploymentStatus` and more.
"""
