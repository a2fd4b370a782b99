"""The model of a Word document: plain values in Word's own units, all decided."""
