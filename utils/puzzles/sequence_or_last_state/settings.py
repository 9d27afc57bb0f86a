"""The sizes at which the question shows, and those of every training in this room."""

TIMESTEPS, DELAY, UNITS = 25, 10, 32  # of the lesson; the asker's delay is not known
BATCH, STEPS = 64, 1000
LEARNING_RATE = 3e-3  # of Adam
FRESH = 2000  # sines, never trained on, behind an error by time step
FRESH_SEED = [0, 3]  # apart from every seed of a training
EVERY = 20  # steps that one point of a curve is the mean of
