"""What people call things: every program takes one name of each list."""

LISTS = {
    "T": ["T", "STEPS", "SEQ_LEN", "TIMESTEPS"],
    "N": ["N", "N_SAMPLES", "ROWS"],
    "LAG": ["LAG", "DELAY", "K"],
    "UNITS": ["UNITS", "HIDDEN", "N_UNITS", "HIDDEN_SIZE"],
    "BATCH": ["BATCH", "BATCH_SIZE"],
    "EPOCHS": ["EPOCHS", "N_EPOCHS"],
    "RATE": ["RATE", "LEARNING_RATE", "LR"],
    "DROP": ["DROP", "DROPOUT", "DROP_RATE"],
    "WORDS": ["WORDS", "VOCAB", "N_TOKENS"],
    "START": ["START", "INIT"],
    "STREAMS": ["STREAMS", "N_STREAMS"],
    "SERIES": ["SERIES", "N_SERIES"],
    "CHUNKS": ["CHUNKS", "N_CHUNKS"],
    "ROOMS": ["ROOMS", "PLACES"],
    "WIDE": ["WIDE", "WIDTH"],
    "h": ["h", "h", "z", "net", "out", "hidden"],
    "x": ["x", "inputs", "sequence"],
    "inputs": ["inputs", "inp", "x_in"],
    "outputs": ["outputs", "y_out", "answer"],
    "Model": ["Net", "MyModel", "SequenceModel", "Recurrent"],
    "Loop": ["StepByStep", "TimeLoop", "MyRNN"],
    "Pooling": ["Attention", "AttentionPooling", "WeightedSum"],
    "Scaler": ["Standardise", "Normalize", "Scaler"],
    "Loss": ["SquaredError", "MyLoss", "RegressionLoss"],
    "loss": ["my_loss", "squared_error", "custom_loss"],
    "Memory": ["Memory", "ChunkReader", "CarriedState"],
    "Streams": ["PerStream", "Streams", "ManyStreams"],
    "Gain": ["Gain", "Rescale", "FeatureGain"],
    "token_loss": ["token_loss", "loss_per_token", "tag_loss"],
    "act": ["squash", "my_tanh"],
    "Block": ["DenseBlock", "Regularised", "DropDense"],
    "Mix": ["Readout", "Projection", "Mix"],
}


def drawn(rng):
    """A name for each thing, no two alike."""
    names = {}
    for thing, choices in LISTS.items():
        free = [name for name in choices if name not in names.values()]
        names[thing] = rng.choice(free)
    return names
