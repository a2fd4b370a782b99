"""Letters to doctors for MedCom: as CareCommunication with the letter attached, and as plain text for EDI."""
