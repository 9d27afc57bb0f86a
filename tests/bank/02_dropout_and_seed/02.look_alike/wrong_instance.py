# expect: not_a_class
import keras

answer = [keras.layers.Dense(1)]
