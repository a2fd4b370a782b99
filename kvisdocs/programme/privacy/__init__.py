"""What a case's texts should not tell, and whom.

Others use `disclosed_texts.check_disclosed`, `disclosed_texts.find_disclosed`, `disclosed_texts.find_in_paper`,
`privacy.check_privacy` and `sensitive_words.read_plain`.
"""
