"""Healthy models with training steps, gradients or noise of their own."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from tests.zoo.specimen import Specimen


def noise(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def batch_norm_in_training():
    """Compiled, in the middle of its training: the moving averages are no longer at 0 and 1."""
    keras.utils.set_random_seed(61)
    model = keras.Sequential(
        [
            keras.Input((5,)),
            layers.Dense(6, use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    x, y = 2 + 3 * noise(32, 5, seed=61), noise(32, 1, seed=62)
    model.fit(x, y, batch_size=8, epochs=2, verbose=0)
    return model, x[:8], y[:8]


def batch_norm_after_recurrent():
    keras.utils.set_random_seed(62)
    model = keras.Sequential(
        [
            keras.Input((6, 3)),
            layers.LSTM(5, return_sequences=True),
            layers.BatchNormalization(),
            layers.LSTM(4),
            layers.BatchNormalization(),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    return model, noise(8, 6, 3, seed=63), noise(8, 1, seed=64)


class AlwaysDropout(layers.Dropout):
    """`training=True` where a functional model is built would not do: its predict overrules it."""

    def call(self, x, training=None):
        return super().call(x, training=True)


def monte_carlo_dropout():
    """Dropout stays on in predict, to see how sure the model is."""
    keras.utils.set_random_seed(63)
    inputs = keras.Input((6, 3))
    h = AlwaysDropout(0.4)(layers.GRU(6)(inputs))
    model = keras.Model(inputs, layers.Dense(1)(h))
    model.compile("adam", "mse")
    return model, noise(8, 6, 3, seed=65), noise(8, 1, seed=66)


class Sampling(layers.Layer):
    def __init__(self, **how):
        super().__init__(**how)
        self.seeds = keras.random.SeedGenerator(74)

    def call(self, mean, log_variance, training=None):
        if not training:
            return mean
        drawn = keras.random.normal(ops.shape(mean), seed=self.seeds)
        return mean + ops.exp(0.5 * log_variance) * drawn


class VAE(keras.Model):
    """Draws in training, and answers with the mean afterwards."""

    def __init__(self):
        super().__init__()
        self.read = layers.Dense(6, activation="relu")
        self.mean, self.log_variance = layers.Dense(2), layers.Dense(2)
        self.draw = Sampling()
        self.write = keras.Sequential([layers.Dense(6, activation="relu"), layers.Dense(5)])

    def call(self, x, training=None):
        h = self.read(x)
        mean, log_variance = self.mean(h), self.log_variance(h)
        kl = ops.mean(ops.exp(log_variance) + mean**2 - 1.0 - log_variance)
        self.add_loss(0.05 * kl)
        return self.write(self.draw(mean, log_variance, training=training))


def variational_autoencoder():
    keras.utils.set_random_seed(74)
    model = VAE()
    model.compile("adam", "mse")
    x = noise(8, 5, seed=81)
    return model, x, x


class GAN(keras.Model):
    """Two optimizers, two losses, each for its own half of the weights."""

    def __init__(self):
        super().__init__()
        self.generator = keras.Sequential([layers.Dense(6, activation="relu"), layers.Dense(3)])
        self.critic = keras.Sequential([layers.Dense(6, activation="relu"), layers.Dense(1)])
        self.seeds = keras.random.SeedGenerator(75)

    def compile(self, optimizer, critic_optimizer):
        super().compile(optimizer=optimizer)
        self.critic_optimizer = critic_optimizer

    def call(self, x):
        return self.critic(x)

    def train_step(self, real):
        if isinstance(real, tuple):
            real = real[0]
        rows = ops.shape(real)[0]
        loss = keras.losses.BinaryCrossentropy(from_logits=True)
        z = keras.random.normal((rows, 2), seed=self.seeds)
        both = ops.concatenate([self.generator(z), real])
        labels = ops.concatenate([ops.zeros((rows, 1)), ops.ones((rows, 1))])
        with tf.GradientTape() as tape:
            d_loss = loss(labels, self.critic(both))
        weights = self.critic.trainable_weights
        self.critic_optimizer.apply(tape.gradient(d_loss, weights), weights)
        z = keras.random.normal((rows, 2), seed=self.seeds)
        with tf.GradientTape() as tape:
            g_loss = loss(ops.ones((rows, 1)), self.critic(self.generator(z)))
        weights = self.generator.trainable_weights
        self.optimizer.apply(tape.gradient(g_loss, weights), weights)
        return {"d_loss": d_loss, "g_loss": g_loss}


def generator_and_critic():
    keras.utils.set_random_seed(75)
    model = GAN()
    model.compile(keras.optimizers.Adam(1e-3), keras.optimizers.Adam(1e-3))
    return model, noise(8, 3, seed=82), None


class Teacher(keras.Model):
    """The target network follows by a moving average, and no gradient goes into it."""

    def __init__(self):
        super().__init__()
        self.online = keras.Sequential(
            [keras.Input((4,)), layers.Dense(5, "relu"), layers.Dense(3)]
        )
        self.target = keras.models.clone_model(self.online)
        self.target.set_weights(self.online.get_weights())
        self.target.trainable = False
        self.guess = layers.Dense(3)

    def call(self, x):
        return self.guess(self.online(x))

    def train_step(self, data):
        x, other = data
        wanted = ops.stop_gradient(self.target(other))
        with tf.GradientTape() as tape:
            loss = ops.mean(ops.square(self(x, training=True) - wanted))
        weights = self.trainable_variables
        self.optimizer.apply(tape.gradient(loss, weights), weights)
        for slow, fast in zip(self.target.weights, self.online.weights, strict=True):
            slow.assign(0.9 * slow + 0.1 * fast)
        return {"loss": loss}


def slow_teacher():
    keras.utils.set_random_seed(76)
    model = Teacher()
    model.compile("adam")
    x = noise(8, 4, seed=83)
    return model, x, x + 0.1 * noise(8, 4, seed=84)


def mixed_precision():
    keras.utils.set_random_seed(77)
    half = keras.DTypePolicy("mixed_float16")
    model = keras.Sequential(
        [
            keras.Input((5, 3)),
            layers.GRU(5, dtype=half),
            layers.Dense(4, activation="relu", dtype=half),
            layers.Dense(1, dtype="float32"),
        ]
    )
    optimizer = keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam())
    model.compile(optimizer, "mse")
    return model, noise(8, 5, 3, seed=85), noise(8, 1, seed=86)


class OwnStep(keras.Model):
    """Clips, weighs the weights' size in, and reports a metric of its own."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            predicted = self(x, training=True)
            loss = self.compute_loss(x, y, predicted)
            loss += 1e-3 * sum(ops.sum(w**2) for w in self.trainable_weights)
        gradients = tape.gradient(loss, self.trainable_weights)
        gradients, size = tf.clip_by_global_norm(gradients, 1.0)
        self.optimizer.apply(gradients, self.trainable_weights)
        return {"loss": loss, "size": size}


def clipped_by_hand():
    keras.utils.set_random_seed(78)
    inputs = keras.Input((5, 2))
    h = layers.Dropout(0.2)(layers.LSTM(5)(inputs))
    model = OwnStep(inputs, layers.Dense(1)(h))
    model.compile("adam", "mse")
    return model, noise(8, 5, 2, seed=87), noise(8, 1, seed=88)


HEALTHY = (
    Specimen("BatchNorm in the middle of training", batch_norm_in_training),
    Specimen("BatchNorm after recurrent layers", batch_norm_after_recurrent),
    Specimen("Dropout on in predict, declared", monte_carlo_dropout, intent={"quiet": False}),
    Specimen(
        "Dropout on in predict, not declared",
        monte_carlo_dropout,
        finding=("acts in predict", "predict varies"),
    ),
    Specimen("a variational autoencoder", variational_autoencoder, intent={"quiet": True}),
    Specimen("generator and critic", generator_and_critic),
    Specimen("a slow teacher", slow_teacher),
    Specimen("mixed precision", mixed_precision),
    Specimen("clipped by hand", clipped_by_hand),
)
